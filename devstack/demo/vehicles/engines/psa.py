"""Engine families of Peugeot, Citroën and DS."""

PSA = """
TU9          | 1.0            | P | B | 954 | 33 CDY; 37 CDZ
TU1          | 1.1            | P | B | 1124 | 40 HDZ, HDY; 44 HFX, HFZ
TU3*         | 1.4            | P | B | 1360 | 54 KFV, KFW; 55 KFX
ET3          | 1.4 16V        | P | B | 1360 | 65 KFU
TU5          | 1.6 16V        | P | B | 1587 | 65 NFZ; 66 NFZ; 70 NFZ; 72 NFZ; 80 NFU; 87 NFX; 90 NFS
EW7          | 1.8 16V        | P | B | 1749 | 81 6FZ; 85 6FZ; 92 6FY
EW10         | 2.0 16V        | P | B | 1997 | 99 RFR; 100 RFN; 103 RFJ, RFH; 116 RFJ; 130 RFK
ES9          | 3.0 V6         | P | B | 2946 | 150 XFX; 152 XFX, XFV; 155 XFV
EP3          | 1.4 VTi        | P | C | 1397 | 70 8FR, 8FS, 8FP; 72 8FR
EP6*         | 1.6 VTi        | P | C | 1598 | 72 5FK; 82 5FK; 85 5FK; 88 5FW, 5FS, 5FH
EP6DT        | 1.6 THP        | T | C | 1598 | 92 5FT; 103 5FT; 110 5FX; 115 5FV, 5FN; 121 5GZ; 128 5FR; 133 5GF;
    147 5FU, 5GM; 151 5GT; 152 5GT; 153 5GT; 154 5GT; 165 5GG; 184 5GR; 199 5GR; 200 5GR
EB0          | 1.0 VTi        | P | B | 999 | 50 ZMZ
EB2          | 1.2 VTi        | P | B | 1199 | 50 HMR; 53 HMR; 55 HMR; 60 HMZ, HM01; 61 HMY
EB2DT        | 1.2 PureTech   | T | B | 1199 | 60 HNK; 74 HNK, HNP; 81 HNZ, HN01; 96 HNY, HN05; 114 HN09
TUD5         | 1.5 D          | S | B | 1527 | 40 VJZ; 42 VJX, VJY
DW8          | 1.9 D          | S | B | 1868 | 50 WJY; 51 WJZ
XUD9         | 1.9 TD         | D | B | 1905 | 66 DHX, DHY
DV4*         | 1.4 HDi        | D | B | 1398 | 40 8HX; 50 8HZ, 8HX, 8HR; 66 8HV, 8HY
DV6*         | 1.6 HDi 16V    | D | B | 1560 | 55 9HW, 9HT; 66 9HX, 9HU; 80 9HZ, 9HY
DV6C         | 1.6 HDi        | D | B | 1560 | 55 9HN; 66 9HF; 68 9HP, 9HJ; 82 9HR, 9HD; 84 9HC, 9HL, 9HG
DV6F         | 1.6 BlueHDi    | D | B | 1560 | 55 BHW; 70 BHY; 73 BHY; 85 BHX; 88 BHZ
DV5          | 1.5 BlueHDi    | D | B | 1499 | 55 YHW; 75 YHY; 81 YHY; 88 YHX; 96 YHZ
DW10         | 2.0 HDi        | D | B | 1997 | 62 RHY; 66 RHY; 69 RHX; 79 RHS; 80 RHZ, RHM
DW10B        | 2.0 HDi 16V    | D | B | 1997 | 88 RHK; 94 RHK; 100 RHR, RHJ; 103 RHF; 110 RHE; 120 RHH, RHC
DW10F        | 2.0 BlueHDi    | D | B | 1997 | 81 AHK; 90 AHK; 96 AHN; 100 AHN; 106 AHR; 110 AHR, AHV; 120 AHR;
    130 AHX, EHZ; 133 AHW
DW12         | 2.2 HDi        | D | B | 2179 | 74 4HW; 94 4HW; 98 4HX; 115 4HT; 125 4HP, 4HR; 150 4HL
P22          | 2.2 HDi        | D | C | 2198 | 74 4HV; 81 4HG; 88 4HU; 96 4HH; 110 4HJ
SOFIM28=SOFIM | 2.8 HDi        | D | B | 2800 | 93 8140.43S; 107 8140.43N
F1C-PSA=F1C  | 3.0 HDi        | D | C | 2999 | 115 F1CE0481D; 130 F1CE3481E
DT17         | 2.7 V6 HDi     | D | B | 2720 | 150 UHZ
DT20         | 3.0 V6 HDi     | D | B | 2993 | 177 X8Z
EP6-PHEV     | 1.6 Hybrid     | R | C | 1598 | 133 5GF; 147 5GG; 165 5GG
EB2-HEV=EB2DT | 1.2 Hybrid 136 | H | C | 1199 | 74 HN07; 100 HN07
EM-PSA       | Électrique     | E | - | - | 49 Y4F1; 50 ZK01; 100 ZKX; 115 ZK02
1KR-PSA=1KR  | 1.0            | P | C | 998 | 50 CFB; 51 CFB; 53 CFB
XU18         | 1.8 16V        | P | B | 1762 | 81 LFY
"""
