"""Engine families of Ford and of the makes that once were its own: Mazda, Volvo, Land Rover, Jaguar."""

FORD = """
ENDURA       | 1.3            | P | C | 1299 | 37 J4K; 44 A9JA; 51 BAA
FJ8          | 1.3            | P | C | 1297 | 44 BAJA; 51 A9JB
SIGMA12      | 1.25 16V       | P | B | 1242 | 44 SNJA; 55 FUJA, DHA; 60 SNJB
SIGMA14      | 1.4 16V        | P | B | 1388 | 55 FXDA; 59 FXJA; 66 FHA; 71 SPJA, RTJA
SIGMA16      | 1.6 16V        | P | B | 1596 | 63 SIDA; 74 FYJA, HWDA; 76 L1T; 77 PNDD; 81 PNDD; 85 HXDA; 88 PNBA;
    92 PNDA; 99 PNDA; 110 RVJA
ZETEC18      | 1.8 16V        | P | B | 1796 | 81 CGBB; 85 EYDC; 88 QQDB; 92 CSDA, CHBB
ZETEC20      | 2.0 16V        | P | B | 1988 | 96 EDDB; 97 NGA; 107 CJBB, AODA; 110 CJBB; 127 ALDA
DURATEC23    | 2.3 16V        | P | C | 2261 | 107 E5SA; 118 SEBA
V6-FORD      | 2.5 V6         | P | C | 2495 | 125 SEA, LCBD; 150 REBA; 166 MEBA
HUBA         | 2.5 T          | T | B | 2522 | 147 HUBA; 162 HUBA; 166 HYDA; 224 JZDA
ECO10        | 1.0 EcoBoost   | T | B | 998 | 59 P4JA; 63 P4JA; 70 SFJA; 74 SFJA, M2DA; 88 M1DA; 92 M1DA, M1JE;
    103 YYJA; 114 B7JB
ECO15        | 1.5 EcoBoost   | T | B | 1498 | 88 M8DA; 110 M8DA; 118 M8DA; 121 M8DA; 134 M9DA; 147 YZJA
ECO16        | 1.6 EcoBoost   | T | B | 1596 | 110 JQDA; 118 JTBA; 134 JTJA, JTDA
ECO20        | 2.0 EcoBoost   | T | C | 1999 | 149 TNWA; 176 TPBA; 184 R9DA
TI11         | 1.1 Ti-VCT     | P | B | 1084 | 51 BZJA; 55 BZJB; 63 JKJA
DV4-FORD=DV4 | 1.4 TDCi       | D | B | 1399 | 50 F6JA, KVJA; 51 F6JA
DV6-FORD=DV6 | 1.6 TDCi       | D | B | 1560 | 55 HHJF; 66 HHDA, HHJA; 80 G8DA, GPDA
DV6C-FORD=DV6C | 1.6 TDCi       | D | B | 1560 | 55 T3JA; 70 TZJA; 85 T1DA, TYDA; 88 NGDA
DV5-FORD     | 1.5 TDCi       | D | B | 1499 | 55 UGJC; 63 XJVD; 66 XJVD; 70 XVJB; 74 XVGA; 77 XVGA; 88 XWDA
PANTHER15    | 1.5 EcoBlue    | D | B | 1499 | 63 XXJC; 70 Z2DA; 74 Z2GA; 88 ZTDA; 92 ZTDA
LYNX         | 1.8 TDCi       | D | B | 1753 | 55 BHPA, RTN; 66 C9DA, BHDA; 74 FFDA; 81 F9DA; 85 F9DA; 92 KHBA, QYBA
DW10-FORD=DW10B | 2.0 TDCi       | D | B | 1997 | 66 FFBA; 81 MTBA; 85 KLBA; 96 AZBC; 100 G6DA, G6DG;
    103 AZBA, UFBA; 120 TXDA, TXBA; 132 T8CC
PUMA20       | 2.0 TDCi       | D | C | 1998 | 55 D3FA; 63 F3FA; 66 D5BA; 74 ABFA; 85 N7BA; 92 FMBA; 96 FMBA
PUMA22       | 2.2 TDCi       | D | C | 2198 | 63 P8FA; 74 CYFA; 81 QVFA; 85 QVFA; 92 UYR6; 96 DRFA; 103 QWFA;
    114 QJBA; 118 QJ2R
PUMA24       | 2.4 TDCi       | D | C | 2402 | 66 D2FA; 74 PHFA; 85 JXFA; 88 JXFA; 92 JXFA; 101 FXFA; 103 H9FA
DW12-FORD=DW12 | 2.2 TDCi       | D | B | 2179 | 129 Q4BA; 147 KNBA
ECOBLUE      | 2.0 EcoBlue    | D | B | 1996 | 77 YMFS; 96 YLFS; 110 YLCB; 125 YNFS; 136 BCFA; 140 BCFA; 157 BCFA
V3-25        | 2.5 TDI        | D | B | 2499 | 62 WLT; 80 WLAA; 105 WLAA
DURAHEV      | 2.5 Hybride rechargeable | R | C | 2488 | 112 BGEA; 140 BGEA; 165 BGEA
EM-FORD      | Électrique     | E | - | - | 198 MMEA; 216 MMEB
FIRE12-FORD=FIRE12 | 1.2            | P | B | 1242 | 51 169 A4.000
MJET13-FORD=MJET13 | 1.3 TDCi       | D | C | 1248 | 55 169 A5.000
SIGMA15-FORD | 1.5 Ti-VCT     | P | B | 1499 | 82 UEJB
DW10F-FORD=DW10B | 2.0 TDCi       | D | B | 1997 | 110 T7DA; 132 T8DC
L8-FORD=L8   | 1.8 16V        | P | C | 1798 | 81 CGBA; 92 CHBA
LF-FORD=LF   | 2.0 16V        | P | C | 1999 | 107 CJBA, AOWA
PUMA22T      | 2.2 TDCi       | D | C | 2198 | 74 DRFF, CYFF; 92 CYRA; 110 GBVA; 114 CVRA; 118 QJ2S
P5AT         | 3.2 TDCi       | D | C | 3198 | 147 SAFA
"""

MAZDA = """
ZJ           | 1.3            | P | C | 1349 | 55 ZJ-VE; 62 ZJ-VE; 63 ZJ-VE
ZY           | 1.5            | P | C | 1498 | 76 ZY-VE; 77 ZY-VE
Z6           | 1.6            | P | C | 1598 | 72 ZM-DE; 77 Z6
B6           | 1.6 16V        | P | B | 1597 | 65 B6; 66 B6; 81 B6ZE
L8           | 1.8            | P | C | 1798 | 85 L813; 88 L8; 93 L823
LF           | 2.0            | P | C | 1999 | 104 LF17; 107 LF-DE; 108 LF17; 110 LF; 114 LF; 118 LF-VE
L3           | 2.3            | P | C | 2261 | 119 L3C1; 122 L3; 191 L3-VDT
PE           | 2.0 Skyactiv-G | P | C | 1998 | 88 PE-VPS; 90 PE-VPS; 107 PE-VPS; 110 PE-VPS; 118 PE-VPS; 121 PE-VPS;
    132 PE-VPS
P5           | 1.5 Skyactiv-G | P | C | 1496 | 55 P5-VPS; 66 P5-VPS; 74 P5-VPS; 85 P5-VPS; 96 P5-VPS
PY           | 2.5 Skyactiv-G | P | C | 2488 | 141 PY-VPS; 143 PY-VPS
DV4-MAZDA=DV4 | 1.4 MZ-CD      | D | B | 1399 | 50 F6JA, Y404
DV6-MAZDA=DV6 | 1.6 MZ-CD      | D | B | 1560 | 66 Y650; 80 Y601, Y655; 85 Y650
RF           | 2.0 MZ-CD      | D | B | 1998 | 74 RF2A; 81 RF2A; 89 RF5C; 100 RF7J; 103 RF7J; 105 RF7J
R2           | 2.2 MZ-CD      | D | C | 2184 | 92 R2AA; 95 R2BF; 110 R2AA; 120 R2AA; 127 R2AA; 132 R2AA; 136 R2AA
SH           | 2.2 Skyactiv-D | D | C | 2191 | 110 SH-VPTS; 129 SH-VPTS; 135 SH-VPTR
S5           | 1.5 Skyactiv-D | D | C | 1499 | 77 S5-DPTS
FJ8-MAZDA=FJ8 | 1.25           | P | C | 1242 | 55 FUJA
SIGMA14-MAZDA=SIGMA14 | 1.4            | P | B | 1388 | 59 FXJA
SIGMA16-MAZDA=SIGMA16 | 1.6            | P | B | 1596 | 74 FYJA
S8           | 1.8 Skyactiv-D | D | C | 1759 | 85 S8-DPTS
L5           | 2.5            | P | C | 2488 | 125 L5-VE
"""

VOLVO = """
B4184        | 1.8            | P | B | 1783 | 85 B4184S11; 88 B4184S2; 90 B4184S3
B4204S       | 2.0            | P | B | 1948 | 100 B4204S2; 103 B4204T3; 107 B4204S3
B5244        | 2.4            | P | B | 2435 | 103 B5244S2; 120 B5202S; 125 B5244S; 147 B5244T3
B5254        | 2.5 T          | T | B | 2521 | 147 B5254T6; 154 B5254T2; 162 B5254T3; 169 B5254T7; 170 B5254T7
B4164S=SIGMA16 | 1.6            | P | B | 1596 | 74 B4164S3
B4164T=ECO16 | 1.6 T4         | T | B | 1596 | 88 B4164T4; 110 B4164T3; 132 B4164T
VEA-P        | 2.0 T4         | T | B | 1969 | 112 B4154T4; 140 B4204T19; 180 B4204T11; 182 B4204T11; 184 B4204T23;
    187 B4204T23; 228 B4204T27
D4162=DV6C   | 1.6 D2         | D | B | 1560 | 80 D4164T; 84 D4162T; 88 D4162T
D4204=DW10B  | 2.0 D          | D | B | 1998 | 98 D4204T; 100 D4204T
D5204        | 2.0 D3         | D | B | 1984 | 100 D5204T5; 110 D5204T7; 120 D5204T2; 130 D5204T3
D5244        | 2.4 D5         | D | B | 2401 | 93 D5244T2; 120 D5244T; 132 D5244T9; 136 D5244T4; 147 D5244T13;
    151 D5244T10; 158 D5244T11
VEA-D        | 2.0 D4         | D | B | 1969 | 88 D4204T8; 110 D4204T9; 120 D4204T11; 133 D4204T5; 140 D4204T14;
    165 D4204T23; 173 D4204T23
D4192=F9Q    | 1.9 D          | D | B | 1870 | 70 D4192T; 75 D4192T3; 85 D4192T4
VEA-PHEV     | 2.0 T8 Hybride rechargeable | R | B | 1969 | 223 B4204T34; 235 B4204T35
EM-VOLVO     | Électrique     | E | - | - | 170 EAD3; 300 EAD3
B4184-V=L8   | 1.8            | P | C | 1798 | 92 B4184S11
B4204S-V=LF  | 2.0            | P | C | 1999 | 107 B4204S3
"""

LAND_ROVER = """
M47R         | 2.0 Td4        | D | C | 1951 | 80 204D3; 82 204D3
25K4F        | 2.5 V6         | P | B | 2497 | 130 25K4F
18K4F        | 1.8 16V        | P | B | 1796 | 85 18K4F; 86 18K4F; 88 18K4F
14K4F        | 1.4 16V        | P | B | 1396 | 55 14K2F; 62 14K4F; 76 14K4F
20T2N        | 2.0 D          | D | B | 1994 | 72 20T2N; 74 20T2N; 77 20T2N
TD5          | 2.5 Td5        | D | C | 2495 | 90 10P; 102 15P
TDI300       | 2.5 Tdi        | D | B | 2495 | 83 21L; 90 23L
DW12-LR=DW12 | 2.2 TD4        | D | B | 2179 | 110 224DT; 112 224DT; 118 224DT; 140 224DT
TDV6-27=DT17 | 2.7 TDV6       | D | B | 2720 | 140 276DT; 152 276DT
TDV6-30=DT20 | 3.0 TDV6       | D | B | 2993 | 155 306DT; 177 306DT; 180 306DT; 183 306DT; 188 306DT; 190 306DT;
    202 306DT; 215 306DT; 221 306DT
ING-D        | 2.0 D          | D | C | 1999 | 110 204DTD; 120 204DTD; 132 204DTD; 177 204DTA
ING-P        | 2.0 P          | T | C | 1997 | 147 PT204; 177 PT204; 183 PT204; 184 PT204; 221 PT204
AJV8         | 4.2 V8         | P | C | 4197 | 219 AJ33; 220 448PN; 287 428PS; 291 AJ33S
LR-PUMA24=PUMA24 | 2.4 TD4        | D | C | 2402 | 90 244DT
LR-PUMA22=PUMA22 | 2.2 TD4        | D | C | 2198 | 90 224DT
AJV6         | 2.5 V6         | P | C | 2495 | 115/2099 YB; 144 XB; 170/2967 WB; 175/2967 AJ25
AJ126        | 3.0 V6         | T | C | 2995 | 250 306PS; 280 306PS
FMBA-J=PUMA20 | 2.0 D          | D | C | 1998 | 96 FMBA
QJB-J=PUMA22 | 2.2 D          | D | C | 2198 | 107 QJBB; 114 QJBB
DW12-J=DW12  | 2.2 D          | D | B | 2179 | 120 224DT; 140 224DT; 147 224DT
EM-JLR       | Électrique     | E | - | - | 294 TZ-204
14K4F-R=14K4F | 1.4 16V        | P | B | 1396 | 62 14K4F; 76 14K4F
18K4F-R=18K4F | 1.8 16V        | P | B | 1796 | 86 18K4F; 88 18K4F
20T2N-R=20T2N | 2.0 iDT        | D | B | 1994 | 74 20T2N
25K4F-R=25K4F | 2.5 V6         | P | B | 2497 | 130 25K4F
M47R-R=M47R  | 2.0 CDT        | D | C | 1951 | 85 204D2; 96 204D2
"""
