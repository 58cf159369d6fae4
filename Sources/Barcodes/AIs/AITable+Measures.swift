extension AITable {
  /// Measures: AIs 31 to 36, trade and logistic.
  static let measures = """
    3100-3105;N6;01,02;310n;query;;net weight kg
    3110-3115;N6;01,02;311n;query;;length m
    3120-3125;N6;01,02;312n;query;;width m
    3130-3135;N6;01,02;313n;query;;height m
    3140-3145;N6;01,02;314n;query;;area m²
    3150-3155;N6;01,02;315n;query;;net volume l
    3160-3165;N6;01,02;316n;query;;net volume m³
    3200-3205;N6;01,02;320n;query;;net weight lb
    3210-3215;N6;01,02;321n;query;;length in
    3220-3225;N6;01,02;322n;query;;length ft
    3230-3235;N6;01,02;323n;query;;length yd
    3240-3245;N6;01,02;324n;query;;width in
    3250-3255;N6;01,02;325n;query;;width ft
    3260-3265;N6;01,02;326n;query;;width yd
    3270-3275;N6;01,02;327n;query;;height in
    3280-3285;N6;01,02;328n;query;;height ft
    3290-3295;N6;01,02;329n;query;;height yd
    3300-3305;N6;00,01;330n;query;;gross weight kg
    3310-3315;N6;00,01;331n;query;;outer length m
    3320-3325;N6;00,01;332n;query;;outer width m
    3330-3335;N6;00,01;333n;query;;outer height m
    3340-3345;N6;00,01;334n;query;;outer area m²
    3350-3355;N6;00,01;335n;query;;gross volume l
    3360-3365;N6;00,01;336n;query;;gross volume m³
    3370-3375;N6;01;337n;query;;weight per area kg/m²
    3400-3405;N6;00,01;340n;query;;gross weight lb
    3410-3415;N6;00,01;341n;query;;outer length in
    3420-3425;N6;00,01;342n;query;;outer length ft
    3430-3435;N6;00,01;343n;query;;outer length yd
    3440-3445;N6;00,01;344n;query;;outer width in
    3450-3455;N6;00,01;345n;query;;outer width ft
    3460-3465;N6;00,01;346n;query;;outer width yd
    3470-3475;N6;00,01;347n;query;;outer height in
    3480-3485;N6;00,01;348n;query;;outer height ft
    3490-3495;N6;00,01;349n;query;;outer height yd
    3500-3505;N6;01,02;350n;query;;area in²
    3510-3515;N6;01,02;351n;query;;area ft²
    3520-3525;N6;01,02;352n;query;;area yd²
    3530-3535;N6;00,01;353n;query;;outer area in²
    3540-3545;N6;00,01;354n;query;;outer area ft²
    3550-3555;N6;00,01;355n;query;;outer area yd²
    3560-3565;N6;01,02;356n;query;;net weight ozt
    3570-3575;N6;01,02;357n;query;;net volume floz
    3600-3605;N6;01,02;360n;query;;net volume qt
    3610-3615;N6;01,02;361n;query;;net volume gal
    3620-3625;N6;00,01;362n;query;;gross volume qt
    3630-3635;N6;00,01;363n;query;;gross volume gal
    3640-3645;N6;01,02;364n;query;;net volume in³
    3650-3655;N6;01,02;365n;query;;net volume ft³
    3660-3665;N6;01,02;366n;query;;net volume yd³
    3670-3675;N6;00,01;367n;query;;gross volume in³
    3680-3685;N6;00,01;368n;query;;gross volume ft³
    3690-3695;N6;00,01;369n;query;;gross volume yd³
    """
}
