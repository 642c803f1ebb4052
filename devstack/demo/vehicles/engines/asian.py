"""Engine families of the Japanese, Korean and Chinese makes, and of Tesla."""

TOYOTA = """
1KR          | 1.0 VVT-i      | P | C | 998 | 48 1KR-FE; 50 1KR-FE; 51 1KR-FE; 53 1KR-FE
1SZ          | 1.0 16V        | P | C | 998 | 50 1SZ-FE
2SZ          | 1.3 VVT-i      | P | C | 1298 | 63 2NZ-FE; 64 2SZ-FE
1NR          | 1.33 VVT-i     | P | C | 1329 | 73 1NR-FE; 74 1NR-FE
4ZZ          | 1.4 VVT-i      | P | C | 1398 | 71 4ZZ-FE
1NZ          | 1.5 VVT-i      | P | C | 1497 | 78 1NZ-FE; 80 1NZ-FE
2NR          | 1.5 VVT-iE     | P | C | 1496 | 82 2NR-FKE
3ZZ          | 1.6 VVT-i      | P | C | 1598 | 81 3ZZ-FE
1ZR          | 1.6 Valvematic | P | C | 1598 | 91 1ZR-FE; 97 1ZR-FAE
1ZZ          | 1.8 VVT-i      | P | C | 1794 | 92 1ZZ-FE; 95 1ZZ-FE; 99 1ZZ-FE; 103 1ZZ-FE; 105 1ZZ-FE
2ZR          | 1.8 Valvematic | P | C | 1798 | 97 2ZR-FE; 98 2ZR-FE; 108 2ZR-FAE
1AZ          | 2.0 VVT-i      | P | C | 1998 | 108 1AZ-FSE; 110 1AZ-FE; 112 1AZ-FE
3ZR          | 2.0 Valvematic | P | C | 1987 | 111 3ZR-FAE; 112 3ZR-FAE; 116 3ZR-FAE
2AZ          | 2.4 VVT-i      | P | C | 2362 | 112 2AZ-FE; 120 2AZ-FSE; 125 2AZ-FE
4GR          | 2.5 V6         | P | C | 2500 | 153 4GR-FSE
8AR          | 2.0 Turbo      | T | C | 1998 | 175 8AR-FTS; 180 8AR-FTS
G16E         | 1.6 GR Turbo   | T | C | 1618 | 192 G16E-GTS
1ND          | 1.4 D-4D       | D | C | 1364 | 55 1ND-TV; 65 1ND-TV; 66 1ND-TV
1CD          | 2.0 D-4D       | D | B | 1995 | 66 1CD-FTV; 81 1CD-FTV; 85 1CD-FTV
1AD          | 2.0 D-4D       | D | C | 1998 | 91 1AD-FTV; 93 1AD-FTV
2AD          | 2.2 D-4D       | D | C | 2231 | 100 2AD-FTV; 110 2AD-FTV; 130 2AD-FHV
1WW=N47      | 1.6 D-4D       | D | C | 1598 | 82 1WW
2WW=N47      | 2.0 D-4D       | D | C | 1995 | 105 2WW
1KD          | 3.0 D-4D       | D | B | 2982 | 120 1KD-FTV; 122 1KD-FTV; 126 1KD-FTV; 127 1KD-FTV; 140 1KD-FTV
2KD          | 2.5 D-4D       | D | B | 2494 | 65 2KD-FTV; 75 2KD-FTV; 88 2KD-FTV; 106 2KD-FTV
1GD          | 2.8 D-4D       | D | C | 2755 | 130 1GD-FTV; 150 1GD-FTV
2GD          | 2.4 D-4D       | D | C | 2393 | 110 2GD-FTV
1NZ-HEV      | 1.5 Hybride    | H | C | 1497 | 57 1NZ-FXE; 74 1NZ-FXE
M15A         | 1.5 Hybride    | H | C | 1490 | 85 M15A-FXE; 96 M15A-FXE
2ZR-HEV      | 1.8 Hybride    | H | C | 1798 | 90 2ZR-FXE; 100 2ZR-FXE; 103 2ZR-FXE
M20A         | 2.0 Hybride    | H | C | 1987 | 112 M20A-FXS; 132 M20A-FXS; 135 M20A-FXS
2AR          | 2.5 Hybride    | H | C | 2494 | 114 2AR-FXE; 133 2AR-FXE; 145 2AR-FXE
A25A         | 2.5 Hybride    | H | C | 2487 | 131 A25A-FXS; 136 A25A-FXS; 160 A25A-FXS; 163 A25A-FXS
2GR          | 3.5 V6 Hybride | H | C | 3456 | 155 2GR-FXE; 183 2GR-FXE; 220 2GR-FXS; 251 2GR-FSE
EB2-TOY=DV6F | 1.6 D-4D       | D | B | 1560 | 70 BHY; 85 BHX
DV5-TOY=DV5  | 1.5 D-4D       | D | B | 1499 | 75 YHY; 88 YHX; 96 YHZ
DV4-TOY=DV4  | 1.4 HDi        | D | B | 1398 | 40 2WZ-TV
M15A-P       | 1.5 VVT-i      | P | C | 1490 | 92 M15A-FKS
4E           | 1.3 16V        | P | B | 1332 | 63 4E-FE
8NR          | 1.2 Turbo      | T | C | 1197 | 85 8NR-FTS
M20A-P       | 2.0            | P | C | 1987 | 129 M20A-FKS
1GR          | 4.0 V6         | P | C | 3956 | 183 1GR-FE
DW10F-TOY=DW10F | 2.0 D-4D       | D | B | 1997 | 90 AHK; 106 AHP; 110 AHR; 130 EHZ
3MZ          | 3.3 V6         | P | B | 3311 | 150 3MZ-FE
EM-LEXUS     | Électrique     | E | - | - | 150 4KM
"""

HONDA = """
L12          | 1.2 i-DSI      | P | C | 1246 | 57 L12A1; 66 L12B1
L13          | 1.4            | P | C | 1339 | 61 L13A1; 73 L13Z1; 74 L13Z1; 75 L13Z1
L15          | 1.5 i-VTEC     | P | C | 1498 | 81 L15A1; 88 L15Z1; 96 L15B3
D14          | 1.4 16V        | P | B | 1396 | 55 D14A2; 66 D14Z6
D16          | 1.6 16V        | P | B | 1590 | 77 D16W1; 81 D16V1; 85 D16Y8
R18          | 1.8 i-VTEC     | P | C | 1799 | 103 R18A2; 104 R18Z4
R20          | 2.0 i-VTEC     | P | C | 1997 | 110 R20A2; 114 R20A9; 115 R20A3
K20          | 2.0 i-VTEC     | P | C | 1998 | 110 K20A4; 114 K20A6; 118 K20A3; 147 K20A2; 148 K20Z4
K24          | 2.4 i-VTEC     | P | C | 2354 | 118 K24A1; 140 K24A3; 148 K24Z3
L10B         | 1.0 VTEC Turbo | T | B | 988 | 93 P10A2; 95 P10A2
L15T         | 1.5 VTEC Turbo | T | C | 1498 | 127 L15BE; 134 L15B7; 142 L15BY
N22A         | 2.2 i-CTDi     | D | C | 2204 | 103 N22A1, N22A2
N22B         | 2.2 i-DTEC     | D | C | 2199 | 110 N22B1, N22B3; 132 N22B2
N16A         | 1.6 i-DTEC     | D | C | 1597 | 88 N16A1; 118 N16A4
LDA          | 1.3 IMA Hybride | H | C | 1339 | 65 LDA3; 72 LDA3; 75 LEA1
LEB          | 1.5 e:HEV Hybride | H | C | 1498 | 80 LEB8; 96 LEB13
LFA          | 2.0 e:HEV Hybride | H | C | 1993 | 107 LFB1; 135 LFA1
EM-HONDA     | Électrique     | E | - | - | 100 MCF5; 113 MCF5; 150 MCF7
I4EE=Y17DT   | 1.7 CTDi       | D | B | 1686 | 74 4EE2
"""

MITSUBISHI = """
3A92         | 1.2 MIVEC      | P | C | 1193 | 52 3A92; 59 3A92
3A90         | 1.0 MIVEC      | P | C | 999 | 52 3A90
4A90         | 1.3 16V        | P | C | 1332 | 70 4A90
4A91         | 1.5 16V        | P | C | 1499 | 80 4A91
4A92         | 1.6 MIVEC      | P | C | 1590 | 86 4A92
4G18         | 1.6 16V        | P | B | 1584 | 72 4G18; 76 4G92
4G63         | 2.0 16V        | P | B | 1997 | 92 4G63; 100 4G63; 206 4G63
4B11         | 2.0 MIVEC      | P | C | 1998 | 108 4B11; 110 4B11; 217 4B11
4N13         | 1.8 DI-D       | D | C | 1798 | 85 4N13; 110 4N13
4N14         | 2.2 DI-D       | D | C | 2268 | 110 4N14; 130 4N14
4N15         | 2.4 DI-D       | D | C | 2442 | 113 4N15; 133 4N15
4D56         | 2.5 DI-D       | D | B | 2477 | 73 4D56; 85 4D56; 98 4D56; 100 4D56; 123 4D56; 131 4D56
4M41         | 3.2 DI-D       | D | C | 3200 | 118 4M41; 121 4M41; 125 4M41; 140 4M41; 147 4M41
OM639        | 1.5 DI-D       | D | C | 1493 | 50 OM 639.939; 70 OM 639.939
DW12-MIT=DW12 | 2.2 DI-D       | D | B | 2179 | 115 4HN; 130 4HK
DV6-MIT=DV6C | 1.6 DI-D       | D | B | 1560 | 84 9H06
BSY-MIT=EA188-20 | 2.0 DI-D       | D | B | 1968 | 100 BWC; 103 BSY
4B12-PHEV    | 2.4 Hybride rechargeable | R | C | 2360 | 99 4B12; 149 4B11
4A9-MIT=4A9  | 1.1            | P | C | 1124 | 55 134.910
4B12         | 2.4 MIVEC      | P | C | 2360 | 125 4B12
4G13         | 1.3 16V        | P | B | 1299 | 60 4G13
4G93         | 1.8 GDI        | P | B | 1834 | 82 4G93; 90 4G93
F9Q-MIT=F9Q  | 1.9 DI-D       | D | B | 1870 | 75 F9Q1; 85 F9Q2
"""

SUZUKI = """
K10B         | 1.0 12V        | P | C | 996 | 48 F10D; 50 K10B
K10C         | 1.0 Boosterjet | T | C | 998 | 82 K10C
K12          | 1.2 VVT        | P | C | 1242 | 61 K12D; 63 K12D; 66 K12C; 69 K12B
G13          | 1.3 16V        | P | B | 1298 | 50 G13BA; 56 G13BB; 59 G13BB; 60 G13BB; 62 G13BB
M13A         | 1.3 VVT        | P | C | 1328 | 61 M13A; 62 M13A; 63 M13A; 66 M13A; 68 M13A; 69 M13A
M15A         | 1.5 VVT        | P | C | 1491 | 73 M15A; 75 M15A; 82 M15A
M16A         | 1.6 VVT        | P | C | 1586 | 69 M16A; 78 M16A; 79 M16A; 88 M16A; 92 M16A; 100 M16A
J20A         | 2.0 16V        | P | C | 1995 | 94 J20A; 103 J20A; 107 J20A
J24B         | 2.4 16V        | P | C | 2393 | 122 J24B
K14C         | 1.4 Boosterjet | T | C | 1373 | 95 K14D; 103 K14C
D13A=MJET13  | 1.3 DDiS       | D | C | 1248 | 51 Z13DT; 55 D13A; 66 D13A
K9K-SUZ=K9K  | 1.5 DDiS       | D | B | 1461 | 48 K9K 700; 63 K9K 266
DV6-SUZ=DV6  | 1.6 DDiS       | D | B | 1560 | 66 9HX
D16AA=MJET16 | 1.6 DDiS       | D | B | 1598 | 88 D16AA
D19AA=MJET19 | 1.9 DDiS       | D | B | 1910 | 88 D19AA
D20AA=MJET20 | 2.0 DDiS       | D | B | 1956 | 99 D20AA
F9Q-SUZ=F9Q  | 1.9 DDiS       | D | B | 1870 | 95 F9Q 264, F9Q 266
RHW-SUZ=DW10 | 2.0 HDi        | D | B | 1997 | 80 RHW
"""

SUBARU = """
EJ15         | 1.5            | P | B | 1498 | 77 EL15; 79 EL15
FB16         | 1.6            | P | C | 1600 | 84 FB16; 125 FB16F
EJ16         | 1.6            | P | B | 1597 | 70 EJ16
EJ20         | 2.0            | P | B | 1994 | 92 EJ20; 101 EJ20; 110 EJ20; 116 EJ204; 118 EJ204; 121 EJ20
FB20         | 2.0            | P | C | 1995 | 110 FB20; 115 FB20
EJ25         | 2.5            | P | B | 2457 | 121 EJ25; 127 EJ253; 155 EJ255; 169 EJ255; 206 EJ257; 221 EJ257
FB25         | 2.5            | P | C | 2498 | 127 FB25; 129 FB25
EE20         | 2.0 D          | D | C | 1998 | 108 EE20Z; 110 EE20Z
FA20         | 2.0 GT         | P | C | 1998 | 147 FA20D; 177 FA20F; 197 FA20F
1KR-SUB=1KR  | 1.0            | P | C | 998 | 51 1KR-FE
"""

HYUNDAI = """
G4HD         | 1.1            | P | B | 1086 | 43 G4HD; 46 G4HD; 48 G4HG; 49 G4HG
G4HC         | 1.0            | P | B | 999 | 40 G4HC; 45 G4HC
G3LA         | 1.0 12V        | P | C | 998 | 48 G3LA; 49 G3LA; 51 G3LA
G3LC         | 1.0 T-GDi      | T | C | 998 | 73 G3LC; 74 G3LC; 88 G3LC
G4LA         | 1.2            | P | C | 1248 | 55 G4LA; 57 G4LA; 62 G4LA; 63 G4LA; 64 G4LA
G4EE         | 1.4 16V        | P | B | 1399 | 70 G4EE; 71 G4EE
G4EA         | 1.3            | P | B | 1341 | 55 G4EA; 60 G4EA; 63 G4EA
G4FA         | 1.4 CVVT       | P | C | 1396 | 66 G4FA; 73 G4FA; 74 G4FA; 77 G4FA; 80 G4FA
G4LC         | 1.4 MPi        | P | C | 1368 | 66 G4LC; 73 G4LC; 74 G4LC
G4LD         | 1.4 T-GDi      | T | C | 1353 | 103 G4LD
G4ED         | 1.6 16V        | P | B | 1599 | 77 G4ED; 78 G4ED; 79 G4ED; 82 G4ED
G4FC         | 1.6 CVVT       | P | C | 1591 | 85 G4FC; 88 G4FC; 89 G4FC; 92 G4FC; 93 G4FC; 95 G4FC; 97 G4FC
G4FD         | 1.6 GDi        | P | C | 1591 | 97 G4FD; 99 G4FD
G4FJ         | 1.6 T-GDi      | T | C | 1591 | 110 G4FJ; 130 G4FJ; 132 G4FJ; 137 G4FJ; 150 G4FJ
G4GC         | 2.0 CVVT       | P | B | 1975 | 100 G4GC; 102 G4GC; 104 G4GC; 105 G4GC
G4KD         | 2.0 16V        | P | C | 1998 | 106 G4KD; 110 G4KD; 120 G4KD; 122 G4KD; 184 G4KH; 202 G4KH
G6BA         | 2.7 V6         | P | B | 2656 | 123 G6BA; 127 G6BA; 129 G6BA; 139 G6EA; 143 G6EA
D3EA         | 1.5 CRDi       | D | B | 1493 | 60 D3EA; 61 D3EA
D3FA         | 1.1 CRDi       | D | C | 1120 | 55 D3FA
D4FA         | 1.5 CRDi       | D | C | 1493 | 65 D4FA; 81 D4FA
D4FC         | 1.4 CRDi       | D | C | 1396 | 55 D4FC; 57 D4FC; 66 D4FC
D4FB         | 1.6 CRDi       | D | C | 1582 | 66 D4FB; 70 D4FB; 81 D4FB; 85 D4FB; 94 D4FB; 100 D4FB
D4FE         | 1.6 CRDi       | D | C | 1598 | 70 D4FE; 85 D4FE; 100 D4FE
D4FD         | 1.7 CRDi       | D | C | 1685 | 85 D4FD; 100 D4FD; 104 D4FD
D4EA         | 2.0 CRDi       | D | B | 1991 | 82 D4EA; 83 D4EA; 100 D4EA; 103 D4EA; 110 D4EA
D4HA         | 2.0 CRDi       | D | C | 1995 | 100 D4HA; 110 D4HA; 130 D4HA; 135 D4HA; 136 D4HA
D4HB         | 2.2 CRDi       | D | C | 2199 | 143 D4HB; 145 D4HB; 147 D4HB
D4EB         | 2.2 CRDi       | D | B | 2188 | 110 D4EB; 114 D4EB
D4CB         | 2.5 CRDi       | D | C | 2497 | 81 D4CB; 85 D4CB; 100 D4CB; 103 D4CB; 125 D4CB
J3           | 2.9 CRDi       | D | B | 2902 | 93 J3; 106 J3; 136 J3
G4LE-HEV     | 1.6 Hybride    | H | C | 1580 | 104 G4LE; 169 G4FT
G4LE-PHEV    | 1.6 Hybride rechargeable | R | C | 1580 | 104 G4LE
EM-HK        | Électrique     | E | - | - | 81 EM15; 88 EM15; 100 EM16; 125 EM17; 150 EM16; 160 EM07; 168 EM07;
    225 EM07; 239 EM07
D3FA-K=D3FA  | 1.1 CRDi       | D | C | 1120 | 55 D3FA
"""

DAIHATSU = """
EJ-DE        | 1.0 12V        | P | B | 989 | 41 EJ-DE; 43 EJ-VE
1KR-DAI=1KR  | 1.0 12V        | P | C | 998 | 51 1KR-FE
K3           | 1.3 16V        | P | C | 1298 | 63 K3-VE; 64 K3-VE; 67 K3-VE; 75 K3-VE2; 76 K3-VE2
3SZ          | 1.5 16V        | P | C | 1495 | 76 3SZ-VE; 77 3SZ-VE
"""

SSANGYONG = """
OM661        | 2.9 TD         | D | C | 2874 | 77 OM 662.910; 88 OM 662.935
D27          | 2.7 Xdi        | D | C | 2696 | 121 D27DT; 137 D27DTP
D20-SY       | 2.0 e-XDi      | D | C | 1998 | 104 D20DT; 110 D20DTF; 114 D20DTF; 129 D20DTR
E20          | 2.0            | P | C | 1998 | 110 G20DF
E16          | 1.6 e-XGi      | P | C | 1597 | 94 G16DF
D16-SY       | 1.6 e-XDi      | D | C | 1597 | 85 D16DTF
D22-SY       | 2.2 e-XDi      | D | C | 2157 | 131 D22DTR
"""

MG_ROVER = """
MG15T        | 1.5 T-GDi      | T | C | 1490 | 119 15E4E; 125 15C4E
MG15         | 1.5 VTi        | P | C | 1498 | 78 15S4C
MG10T        | 1.0 T-GDi      | T | C | 999 | 82 10E4E
EM-MG        | Électrique     | E | - | - | 105 TZ204XS; 115 TZ180XS; 125 TZ180; 130 TZ180; 150 TZ220XS
"""

LADA = """
VAZ16        | 1.6            | P | B | 1596 | 60 21114; 64 11186; 66 21126; 72 21126; 78 21129
VAZ17        | 1.7            | P | C | 1690 | 58 21213; 60 21214; 61 21214
"""

ISUZU = """
4JK1         | 2.5 D          | D | C | 2499 | 100 4JK1-TCX; 120 4JK1-TCX
4JJ1         | 3.0 D          | D | C | 2999 | 96 4JJ1-TC; 120 4JJ1-TCX
RZ4E         | 1.9 D          | D | C | 1898 | 120 RZ4E-TC
"""

TESLA = """
EM-TESLA     | Électrique     | E | - | - | 193 3D7; 208 3D1; 225 L1S; 235 L1S; 270 L1S; 285 L2S; 310 3D5, 3D6;
    324 L2S; 350 3D5; 377 3D3; 378 3D3; 386 L2S; 393 L2S; 493 L2S; 500 L2S
"""
