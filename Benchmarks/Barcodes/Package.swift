// swift-tools-version: 6.2
import PackageDescription

/// Figures and fuzzing of `Sources/Barcodes`, beside the product so that its build stays free of
/// them. `Sources/Barcodes` here is a link to the module itself.
let package = Package(
  name: "barcodes-benchmarks",
  targets: [
    .target(name: "Barcodes"),
    .executableTarget(name: "BarcodesBenchmark", dependencies: ["Barcodes"]),
    .executableTarget(
      name: "BarcodesFuzz",
      dependencies: ["Barcodes"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    ),
  ]
)
