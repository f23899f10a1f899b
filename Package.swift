// swift-tools-version: 6.2
import PackageDescription

/// `deploy/fuzz` builds our targets so that libFuzzer sees which of their branches were taken.
let isFuzzing = Context.environment["GUANTONG_FUZZ"] != nil
let watched: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []

/// The one set of compiler settings; every target of ours is built with it.
let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
  ] + watched

/// What the simulation runs hundreds of thousands of times is optimized in a debug build too.
///
/// Overflow checks, preconditions and testability stay; `assert` would not, and nothing here uses
/// it. What a debugger shows of locals suffers.
let busy: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Generated code is not ours to restyle: same language mode, none of the lints.
let generated: [SwiftSetting] =
  [.swiftLanguageMode(.v6), .unsafeFlags(["-O"], .when(configuration: .debug))] + watched

/// The program of libFuzzer; only there when fuzzing, because only then it can be linked.
let fuzzer = Target.executableTarget(
  name: "fuzz",
  dependencies: ["FuzzSupport"],
  path: "Tests/Fuzzer",
  swiftSettings: strict,
  linkerSettings: [
    .unsafeFlags([Context.environment["GUANTONG_FUZZ"] ?? ""]), .linkedLibrary("stdc++"),
    .linkedLibrary("m"),
  ])

/// What `Benchmarks/micro` and `Benchmarks/growth` measure with; only there for them, because no
/// other build is to resolve and compile what it takes.
let isMeasuring = Context.environment["GUANTONG_BENCH"] != nil
let measurements: [Target] = [
  .target(
    name: "Samples", dependencies: ["Ledger"], path: "Benchmarks/Samples", swiftSettings: strict),
  .executableTarget(
    name: "Primitives",
    dependencies: [
      "Exchange",
      "Casework",
      "Ledger",
      "Samples",
      .product(name: "Benchmark", package: "benchmark"),
    ],
    path: "Benchmarks/Primitives",
    swiftSettings: strict),
  .executableTarget(
    name: "Agencies",
    dependencies: [
      "Exchange",
      "Ledger",
      "Samples",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    path: "Benchmarks/Agencies",
    swiftSettings: strict),
]

let package = Package(
  name: "guantong",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "guantong", targets: ["guantong"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ]
    + (isMeasuring
      ? [.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])] : []),
  targets: [
    .systemLibrary(
      name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "Postgres",
      dependencies: [
        "CPostgres",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: busy),
    .target(
      name: "Wire",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["generated.sha256"],
      swiftSettings: generated),
    .target(
      name: "Ledger",
      dependencies: [
        "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: busy),
    .target(
      name: "Casework",
      dependencies: [
        "Ledger",
        "Wire",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: busy),
    .target(
      name: "Exchange",
      dependencies: [
        "Ledger",
        "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: busy),
    .target(
      name: "Replica",
      dependencies: [
        "Postgres",
        "Exchange",
        "Casework",
        "Ledger",
        "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: busy),
    .target(
      name: "Office",
      dependencies: [
        "Replica",
        "Postgres",
        "Exchange",
        "Casework",
        "Ledger",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .target(
      name: "Node",
      dependencies: [
        "Office",
        "Replica",
        "Postgres",
        "Exchange",
        "Casework",
        "Ledger",
        "Wire",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOFoundationCompat", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),
    .plugin(name: "CommitStamp", capability: .buildTool(), path: "deploy/CommitStamp"),
    .executableTarget(
      name: "guantong",
      dependencies: [
        "Node",
        "Office",
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        "Postgres",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "_NIOFileSystem", package: "swift-nio"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict,
      plugins: ["CommitStamp"]),
    .target(
      name: "TestSupport",
      dependencies: [
        "Postgres",
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "PeerSupport",
      dependencies: [
        "Node",
        "Exchange",
        "Ledger",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/PeerSupport",
      swiftSettings: strict),
    .testTarget(
      name: "PostgresTests",
      dependencies: [
        "Postgres",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger",
        "Wire",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Crypto", package: "swift-crypto"),
        "TestSupport",
      ],
      resources: [.copy("Vectors")],
      swiftSettings: strict),
    .testTarget(
      name: "CaseworkTests",
      dependencies: [
        "Casework",
        "Ledger",
        "Wire",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExchangeTests",
      dependencies: [
        "Exchange",
        "Ledger",
        "Casework",
        "Wire",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        "TestSupport",
      ],
      resources: [.copy("Transcripts"), .copy("Vectors")],
      swiftSettings: strict),
    .testTarget(
      name: "ReplicaTests",
      dependencies: [
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        "Postgres",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        "TestSupport",
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "OfficeTests",
      dependencies: [
        "Office",
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        "Postgres",
        .product(name: "Logging", package: "swift-log"),
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NodeTests",
      dependencies: [
        "Node",
        "Office",
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        "Postgres",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "X509", package: "swift-certificates"),
        "PeerSupport",
        "TestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "guantong",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Casework",
        "Exchange",
        "Ledger",
        .product(name: "Logging", package: "swift-log"),
        "Node",
        "Office",
        "Postgres",
        "Replica",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        "TestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "FuzzSupport",
      dependencies: [
        "Node",
        "Office",
        "Exchange",
        "Casework",
        "Ledger",
        "Wire",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        "TestSupport",
      ],
      path: "Tests/FuzzSupport",
      swiftSettings: strict),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["FuzzSupport"],
      exclude: ["Corpora"],
      swiftSettings: strict),
    .testTarget(
      name: "Simulation",
      dependencies: [
        "Exchange",
        "Casework",
        "Ledger",
        "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        "TestSupport",
      ],
      path: "Tests/Simulation",
      swiftSettings: busy),
    .testTarget(
      name: "Scenarios",
      dependencies: [
        "guantong",
        "Node",
        "Office",
        "Replica",
        "Exchange",
        "Casework",
        "Ledger",
        "Postgres",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        "PeerSupport",
        "TestSupport",
      ],
      path: "Tests/Scenarios",
      swiftSettings: strict),
    .testTarget(
      name: "Style",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto")
      ],
      path: "Tests/Style",
      swiftSettings: strict),
  ] + (isFuzzing ? [fuzzer] : []) + (isMeasuring ? measurements : [])
)
