"""Engine families of Renault and Nissan."""

RENAULT = """
D7F          | 1.2            | P | B | 1149 | 40 D7F 746; 43 D7F 702, D7F 800
D4F*         | 1.2 16V        | P | B | 1149 | 48 D4F 706; 54 D4F 740; 55 D4F 740, D4F 764; 57 D4F 728
D4FT         | 1.2 TCe        | T | B | 1149 | 74 D4F 784, D4F 786
H4BT         | 0.9 TCe        | T | C | 898 | 56 H4B 412; 66 H4B 400, H4B 408
H4D          | 1.0 SCe        | P | C | 999 | 48 H4D 408; 49 H4D 408; 52 H4D 400; 54 H4D 412
H4DT         | 1.0 TCe        | T | C | 999 | 67 H4D 470; 74 H4D 450, H4D 460; 81 H4D 450
H5F          | 1.2 TCe        | T | C | 1197 | 74 H5F 400; 84 H5F 400; 85 H5F 400; 87 H5F 403, H5F 408; 92 H5F 410;
    96 H5F 404; 97 H5F 404
H5H          | 1.3 TCe        | T | C | 1332 | 75 H5H 490; 85 H5H 490; 96 H5H 450; 103 H5H 470; 110 H5H 480;
    114 H5H 480; 116 H5H 480; 117 H5H 480
K7J          | 1.4            | P | B | 1390 | 55 K7J 700, K7J 710
K7M          | 1.6            | P | B | 1598 | 60 K7M 812; 61 K7M 812; 64 K7M 710; 66 K7M 702
K4J          | 1.4 16V        | P | B | 1390 | 60 K4J 740; 70 K4J 750; 72 K4J 780
K4M*         | 1.6 16V        | P | B | 1598 | 64 K4M 690; 70 K4M 690; 74 K4M 690; 77 K4M 690; 78 K4M 690;
    79 K4M 700; 81 K4M 760; 82 K4M 760, K4M 812; 85 K4M 782; 98 K4M 854
F4P          | 1.8 16V        | P | B | 1783 | 85 F4P 760; 88 F4P 772
F4R          | 2.0 16V        | P | B | 1998 | 88 F4R 770; 98 F4R 770; 99 F4R 770; 100 F4R 770; 102 F4R 712;
    103 F4R 712; 124 F4R 730; 145 F4R 830
F4RT         | 2.0 Turbo      | T | B | 1998 | 120 F4R 764; 125 F4R 794; 132 F4R 794; 150 F4R 774; 165 F4R 774;
    184 F4R 870; 195 F4R 874
M4R          | 2.0 16V        | P | C | 1997 | 102 M4R 701; 103 M4R 700, M4R 711; 104 M4R 702; 105 M4R 702
M5M          | 1.6 TCe        | T | C | 1618 | 110 M5M 450; 120 M5M 450; 147 M5M 400; 151 M5M 452
M5P          | 1.8 TCe        | T | C | 1798 | 165 M5P 401; 206 M5P 400
V4Y          | 3.5 V6         | P | C | 3498 | 175 V4Y 701; 177 V4Y 701, V4Y 715
F8Q          | 1.9 D          | S | B | 1870 | 47 F8Q 620, F8Q 630
F9Q          | 1.9 dCi        | D | B | 1870 | 59 F9Q 760; 60 F9Q 760; 72 F9Q 732; 74 F9Q 732; 75 F9Q 740;
    79 F9Q 750; 85 F9Q 758; 88 F9Q 800; 96 F9Q 804
K9K*         | 1.5 dCi        | D | B | 1461 | 42 K9K 716; 48 K9K 704; 50 K9K 714, K9K 740; 55 K9K 612, K9K 796;
    60 K9K 702, K9K 710; 63 K9K 766, K9K 768; 65 K9K 608; 66 K9K 608, K9K 628; 70 K9K 802; 74 K9K 728; 76 K9K 764;
    78 K9K 732; 79 K9K 732; 80 K9K 636; 81 K9K 636, K9K 846; 85 K9K 872
K9K-G8=K9K   | 1.5 Blue dCi   | D | B | 1461 | 63 K9K 660; 70 K9K 690; 74 K9K 680; 85 K9K 874
G9T          | 2.2 dCi        | D | B | 2188 | 66 G9T 722; 83 G9T 710; 95 G9T 702; 102 G9T 702; 110 G9T 600
G9U          | 2.5 dCi        | D | B | 2463 | 74 G9U 720; 84 G9U 754; 88 G9U 650; 99 G9U 730; 107 G9U 630
M9R          | 2.0 dCi        | D | C | 1995 | 66 M9R 780; 84 M9R 782; 96 M9R 722; 110 M9R 740, M9R 760;
    118 M9R 740; 127 M9R 800, M9R 802; 131 M9R 800
M9T          | 2.3 dCi        | D | C | 2299 | 74 M9T 670; 81 M9T 670; 92 M9T 672; 96 M9T 702; 100 M9T 680;
    107 M9T 698; 110 M9T 698; 120 M9T 706
R9M          | 1.6 dCi        | D | C | 1598 | 66 R9M 408; 70 R9M 413; 85 R9M 450; 89 R9M 452; 92 R9M 452;
    96 R9M 402; 103 R9M 402; 118 R9M 404; 120 R9M 404
M9RB         | 2.0 Blue dCi   | D | C | 1997 | 88 M9R 710; 107 M9R 712; 110 M9R 712; 118 M9R 636; 125 M9R 716;
    147 M9R 716
H4M-HEV      | E-Tech 140     | H | C | 1598 | 103 H4M 630, H4M 632; 105 H4M 630
H5D-HEV      | E-Tech 200     | H | C | 1199 | 146 HR12 410
5AM          | Électrique     | E | - | - | 43 5AM 450; 51 5AM 401
5AQ          | Électrique     | E | - | - | 65 5AQ 601; 80 5AQ 605; 100 5AQ 607
5AG          | Électrique     | E | - | - | 68 5AL 450; 80 5AG 402; 96 6AM 400; 160 6AM 410
4DB          | Electric       | E | - | - | 33 4DB 400; 48 4DB 402
5AL=5AG      | Électrique     | E | - | - | 60 5AL 450
G8T          | 2.2 dT         | D | C | 2188 | 83 G8T 790
HR16         | 1.6 SCe        | P | C | 1598 | 75 H4M 732; 84 H4M 738
"""

NISSAN = """
CR12DE       | 1.2 16V        | P | C | 1240 | 48 CR12DE; 59 CR12DE
CR14DE       | 1.4 16V        | P | C | 1386 | 65 CR14DE
HR12DE       | 1.2            | P | C | 1198 | 59 HR12DE
HR12DDR      | 1.2 DIG-S      | T | C | 1198 | 72 HR12DDR
HR16DE       | 1.6            | P | C | 1598 | 69 HR16DE; 81 HR16DE; 84 HR16DE; 86 HR16DE
MR16DDT      | 1.6 DIG-T      | T | C | 1618 | 120 MR16DDT; 140 MR16DDT; 147 MR16DDT; 157 MR16DDT
MR20DE       | 2.0            | P | C | 1997 | 103 MR20DE; 104 MR20DE; 106 MR20DD
QG15         | 1.5 16V        | P | C | 1497 | 66 QG15DE; 72 QG15DE
QG16         | 1.6 16V        | P | C | 1596 | 80 QG16DE
QG18         | 1.8 16V        | P | C | 1769 | 84 QG18DE; 85 QG18DE
QR20         | 2.0            | P | C | 1998 | 103 QR20DE
QR25         | 2.5            | P | C | 2488 | 121 QR25DE; 124 QR25DE; 126 QR25DE
VQ35         | 3.5 V6         | P | C | 3498 | 206 VQ35DE; 221 VQ35DE; 230 VQ35HR
VQ37         | 3.7 V6         | P | C | 3696 | 235 VQ37VHR; 241 VQ37VHR
YD22         | 2.2 dCi        | D | C | 2184 | 81 YD22DDTi; 82 YD22DDTi; 84 YD22ETi; 93 YD22ETi; 100 YD22ETi;
    102 YD22ETi
YD25         | 2.5 dCi        | D | C | 2488 | 98 YD25DDTi; 106 YD25DDTi; 120 YD25DDTi; 126 YD25DDTi; 128 YD25DDTi;
    140 YD25DDTi
ZD30         | 3.0 dCi        | D | C | 2953 | 110 ZD30DDTi; 116 ZD30DDTi; 118 ZD30DDTi
EM57         | Électrique     | E | - | - | 80 EM57, EM61; 110 EM57; 160 EM57
CG10         | 1.0 16V        | P | C | 998 | 40 CG10DE
CG13         | 1.3 16V        | P | C | 1275 | 55 CG13DE
TUD5-NIS=TUD5 | 1.5 D          | S | B | 1527 | 42 TD15
K9K-NIS=K9K  | 1.5 dCi        | D | B | 1461 | 48 K9K 704; 50 K9K 276; 60 K9K 702; 63 K9K 276; 66 K9K 608;
    76 K9K 282; 78 K9K 282; 81 K9K 636; 85 K9K 872
H4D-NIS=H4D  | 1.0            | P | C | 999 | 52 B4D; 54 B4D
H4BT-NIS=H4BT | 0.9 IG-T       | T | C | 898 | 66 H4B
H4DT-NIS=H4DT | 1.0 IG-T       | T | C | 999 | 68 HRA0DET; 74 HRA0DET; 84 HRA0DET; 86 HRA0DET
H5F-NIS=H5F  | 1.2 DIG-T      | T | C | 1197 | 85 HRA2DDT
H5H-NIS=H5H  | 1.3 DIG-T      | T | C | 1332 | 103 HR13DDT; 116 HR13DDT; 117 HR13DDT
H4M-HEV-NIS=H4M-HEV | 1.6 Hybride    | H | C | 1598 | 105 HR16
H5D-NIS=H5D-HEV | 1.5 e-Power    | H | C | 1497 | 140 KR15DDT
F9Q-NIS=F9Q  | 1.9 dCi        | D | B | 1870 | 60 F9Q 760; 74 F9Q 760; 85 F9Q; 88 F9Q
R9M-NIS=R9M  | 1.6 dCi        | D | C | 1598 | 96 R9M
M9R-NIS=M9R  | 2.0 dCi        | D | C | 1995 | 66 M9R 780; 84 M9R 782; 110 M9R; 127 M9R; 130 M9R
M9T-NIS=M9T  | 2.3 dCi        | D | C | 2299 | 74 M9T 670; 92 M9T 676; 107 M9T 686; 110 M9T; 120 M9T 706
G9U-NIS=G9U  | 2.5 dCi        | D | B | 2463 | 99 G9U 730; 107 G9U 630
F4R-NIS=F4R  | 2.0            | P | B | 1998 | 88 F4R 820
V9X          | 3.0 V6 d       | D | C | 2993 | 175 V9X
M270-INF=M270 | 1.6 Turbo      | T | C | 1595 | 90 M 270.910; 115 M 270.910
OM607-INF=K9K | 1.5 d          | D | B | 1461 | 80 OM 607.951
OM651-INF=OM651 | 2.2 d          | D | C | 2143 | 125 OM 651.930
"""
