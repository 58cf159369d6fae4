extension AITable {
  /// Uses of their own: AIs 70 to 82 and the internal 90 to 99.
  static let use = """
    7001;N13;01,02,8006,8026;;query;;NATO stock number
    7002;X..30;01,02;;query;;meat cut
    7003;N6.date N4.time;01,02;;query;;expiry with time
    7004;N..4;01+10;;query;;active potency
    7005;X..12;01,02;;query;;catch area
    7006;N6.date;01,02;;query;;first freeze date
    7007;N6.date [N6].date;01,02;;query;;harvest date
    7008;X..3;01,02;;query;;fish species
    7009;X..10;01,02;;query;;fishing gear
    7010;X..2;01,02;;query;;production method
    7011;N6.date [N4].time;01,02;;query;;test by
    7020;X..20;01,8006 416;;query;;refurbishment lot
    7021;X..20;01,8006;;query;;functional status
    7022;X..20;7021;;query;;revision status
    7023;X..30.prefix1;;;query;;assembly asset id
    7030;N3.country999 X..27;01,02;;query;;processor 0
    7031;N3.country999 X..27;01,02;;query;;processor 1
    7032;N3.country999 X..27;01,02;;query;;processor 2
    7033;N3.country999 X..27;01,02;;query;;processor 3
    7034;N3.country999 X..27;01,02;;query;;processor 4
    7035;N3.country999 X..27;01,02;;query;;processor 5
    7036;N3.country999 X..27;01,02;;query;;processor 6
    7037;N3.country999 X..27;01,02;;query;;processor 7
    7038;N3.country999 X..27;01,02;;query;;processor 8
    7039;N3.country999 X..27;01,02;;query;;processor 9
    7040;N1 X1 X1 X1.importer;;;;;importer extension
    7041;X..4.package;00;;;;package type
    710;X..20;01;;query;;German PZN
    711;X..20;01;;query;;French CIP
    712;X..20;01;;query;;Spanish CN
    713;X..20;01;;query;;Brazilian DRN
    714;X..20;01;;query;;Portuguese AIM
    715;X..20;01;;query;;US NDC
    716;X..20;01;;query;;Italian AIC
    717;X..20;01;;query;;Costa Rican register
    7230;X2 X..28;01,8004;;query;;certificate 1
    7231;X2 X..28;01,8004;;query;;certificate 2
    7232;X2 X..28;01,8004;;query;;certificate 3
    7233;X2 X..28;01,8004;;query;;certificate 4
    7234;X2 X..28;01,8004;;query;;certificate 5
    7235;X2 X..28;01,8004;;query;;certificate 6
    7236;X2 X..28;01,8004;;query;;certificate 7
    7237;X2 X..28;01,8004;;query;;certificate 8
    7238;X2 X..28;01,8004;;query;;certificate 9
    7239;X2 X..28;01,8004;;query;;certificate 10
    7240;X..20;01,8006;;query;;protocol
    7241;N2.media;8017,8018;;query;;carrier media
    7242;X..25;8017,8018;;query;;version control
    7250;N8.date8;8018;7251;query;;birth date
    7251;N8.date8 N4.time;8018;7250;query;;birth date and time
    7252;N1.sex;8018;;query;;sex
    7253;X..40.percent;8017,8018;7256,7259;query;;family name
    7254;X..40.percent;8017,8018;7256,7259;query;;given name
    7255;X..10;8017,8018;7256,7259;query;;name suffix
    7256;X..90.percent;8017,8018;;query;;full name
    7257;X..70.percent;8018;;query;;address
    7258;X3.sequence;8018+7259;;query;;birth order
    7259;X..40.percent;8018;7256;query;;baby
    8001;N4.nonzero N5.nonzero N3.nonzero N1.winding N1;01;;query;;roll dimensions
    8002;X..20;;;query;;phone serial
    8003;N1.zero N13.mod10.prefix1 [X..16];;;query;key;returnable asset
    8004;X..30.prefix1;;;query;key 7040;individual asset
    8005;N6;01,02;;query;;price per unit of measure
    8006;N14.mod10.prefix2 N4.piece;;01,37;query;key 22,10,21;piece of an item
    8007;X..34.iban;415;;query;;IBAN
    8008;N6.date N2.hour [N2].minute [N2].second;01,02;;query;;production time
    8009;X..50;00,01;;query;;sensor indicator
    8010;Y..30.prefix1;;;query;key 8011;component id
    8011;N..12.nozero1st;8010;;;;component serial
    8012;X..20;01,8006;;query;;software version
    8013;X..25.pair.prefix1;;;query;key;model number
    8014;X..25.pair.prefix1.nondigit;01;;;;device registration
    8017;N18.mod10.prefix1;;8018;query;key 8019;service provider
    8018;N18.mod10.prefix1;;8017;query;key 8019;service recipient
    8019;N..10;8017,8018;;;;service instance
    8020;X..25;415;;;;payment reference
    8026;N14.mod10.prefix2 N4.piece;37;02,8006;query;;content piece of an item
    8030;Z..90;00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018;;query;;digital signature
    8040;N15;01+21;;;;IMEI
    8041;N15;01+21+8040;;;;IMEI 2
    8042;N32;01+21+8040;;;;eSIM
    8043;N18 [N..2];01+21+8040;;;;SIM
    8110;X..70.coupon;;;query;;coupon
    8111;N4;255;;query;;loyalty points
    8112;X..70.offer;;;query;;coupon offer
    8200;X..70;01;;;;product URL
    90;X..30;;;query;;agreed between partners
    91-99;X..90;;;query;;internal
    """
}
