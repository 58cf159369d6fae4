// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: Swift 6 mode, and no warning is left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Pure targets: no I/O, no clock, no randomness, no locks, no Foundation, no unsafe code.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "tallyman",
  products: [
    .executable(name: "tallyman", targets: ["tallyman"]),
    .executable(name: "odoo-simulator", targets: ["odoo-simulator"]),
    .executable(name: "demo-shift", targets: ["demo-shift"]),
    .executable(name: "offline-shift", targets: ["offline-shift"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CMosquitto",
      pkgConfig: "libmosquitto",
      providers: [.apt(["libmosquitto-dev"])]
    ),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CCurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    .systemLibrary(
      name: "CMicroHTTPD",
      pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"])]
    ),
    .systemLibrary(name: "CSystem"),

    // Pure: the same code runs in production, in the simulation and in the tests.
    .target(
      name: "JSON",
      swiftSettings: pure
    ),
    .target(
      name: "Barcodes",
      swiftSettings: pure
    ),
    .target(
      name: "Floor",
      dependencies: [
        "Barcodes",
        "JSON",
      ],
      swiftSettings: pure
    ),
    .target(
      name: "Rehearsal",
      dependencies: [
        "Barcodes",
        "Floor",
      ],
      swiftSettings: pure
    ),
    .target(
      name: "Odoo",
      dependencies: [
        "Barcodes",
        "Floor",
        "JSON",
      ],
      swiftSettings: pure
    ),
    .target(
      name: "Dispatching",
      dependencies: [
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: pure
    ),

    .target(
      name: "Desk",
      dependencies: [
        "Dispatching",
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: pure
    ),

    // Adapters: each owns one outside thing.
    .target(
      name: "Configuration",
      dependencies: [
        "Floor",
        "JSON",
        "Odoo",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "MQTT",
      dependencies: [
        "CMosquitto",
        "Floor",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "HTTP",
      dependencies: [
        "CCurl",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "HTTPServer",
      dependencies: [
        "CMicroHTTPD"
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Console",
      dependencies: [
        "HTTPServer",
        "JSON",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Journal",
      dependencies: [
        "Barcodes",
        "CSQLite",
        "Dispatching",
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: strict
    ),

    // The agent and its command line.
    .target(
      name: "Intake",
      dependencies: [
        "Barcodes",
        "Dispatching",
        "Floor",
        "Journal",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Agent",
      dependencies: [
        "Barcodes",
        "Configuration",
        "CSystem",
        "Console",
        "Desk",
        "Dispatching",
        "Floor",
        "HTTP",
        "Intake",
        "JSON",
        "Journal",
        .product(name: "Logging", package: "swift-log"),
        "MQTT",
        "Odoo",
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "tallyman",
      dependencies: [
        "Agent",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Barcodes",
        "Configuration",
        "Desk",
        "Floor",
        "JSON",
        "Journal",
        .product(name: "Logging", package: "swift-log"),
        "Odoo",
        "Rehearsal",
      ],
      swiftSettings: strict
    ),

    // For the demo and the tests; never linked into `tallyman`.
    .target(
      name: "OdooSimulator",
      dependencies: [
        "HTTPServer",
        "JSON",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "odoo-simulator",
      dependencies: [
        "JSON",
        "OdooSimulator",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Histories",
      dependencies: [
        "Dispatching",
        "Floor",
        "JSON",
        "Odoo",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "soak",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Histories",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .target(name: "CTestKit"),
    .target(
      name: "DemoShift",
      dependencies: [
        "CCurl",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "demo-shift",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "DemoShift",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "floor-benchmark",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Floor",
        "Intake",
        "Journal",
        "Odoo",
      ],
      path: "Benchmarks/Floor",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "odoo-benchmark",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Dispatching",
        "Floor",
        "HTTP",
        "JSON",
        "Odoo",
      ],
      path: "Benchmarks/Odoo",
      swiftSettings: strict
    ),
    .target(
      name: "OfflineShift",
      dependencies: [
        "DemoShift",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "offline-shift",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "OfflineShift",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "TestKit",
      dependencies: [
        "CSQLite",
        "CTestKit",
      ],
      swiftSettings: strict
    ),

    .testTarget(
      name: "AgentTests",
      dependencies: [
        "Floor",
        "HTTP",
        "HTTPServer",
        "JSON",
        "Odoo",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ApplyTests",
      dependencies: [
        "Floor",
        "JSON",
        "Odoo",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ArchitectureTests",
      swiftSettings: strict
    ),
    .testTarget(
      name: "BarcodesTests",
      dependencies: [
        "Barcodes",
        "JSON",
        "TestKit",
      ],
      exclude: ["Corpus"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Floor",
        "Intake",
        "JSON",
        "Journal",
        "Odoo",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: [
        "Configuration",
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console",
        "HTTP",
        "JSON",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ContractTests",
      dependencies: [
        "HTTPServer",
        "JSON",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DemoShiftTests",
      dependencies: [
        "DemoShift"
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DeskTests",
      dependencies: [
        "Desk",
        "Dispatching",
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DispatchingTests",
      dependencies: [
        "Dispatching",
        "Floor",
        "Odoo",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FloorJSONTests",
      dependencies: [
        "Floor",
        "JSON",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FloorTests",
      dependencies: [
        "Barcodes",
        "Floor",
        "JSON",
        "TestKit",
      ],
      exclude: ["Shifts/shift-seeds.txt"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HTTPTests",
      dependencies: [
        "HTTP",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HistoriesTests",
      dependencies: [
        "Histories",
        "TestKit",
      ],
      exclude: ["history-seeds.txt"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "IntakeTests",
      dependencies: [
        "Dispatching",
        "Floor",
        "Intake",
        "JSON",
        "Journal",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "JSONTests",
      dependencies: [
        "JSON",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "JournalTests",
      dependencies: [
        "Dispatching",
        "Floor",
        "JSON",
        "Journal",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "OfflineShiftTests",
      dependencies: [
        "OfflineShift",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "OdooApplyTests",
      dependencies: [
        "Floor",
        "HTTP",
        "JSON",
        "Odoo",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "OdooMirrorTests",
      dependencies: [
        "Barcodes",
        "Floor",
        "HTTP",
        "JSON",
        "Odoo",
        "OdooSimulator",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "OdooTests",
      dependencies: [
        "Barcodes",
        "Floor",
        "JSON",
        "Odoo",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RehearsalTests",
      dependencies: [
        "Floor",
        "Rehearsal",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TestKitTests",
      dependencies: [
        "CSQLite",
        "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PayloadTests",
      dependencies: [
        "Configuration",
        "Floor",
        "Intake",
        "JSON",
        "Journal",
        "Odoo",
        "TestKit",
      ],
      swiftSettings: strict
    ),
  ]
)
