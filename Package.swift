// swift-tools-version: 6.2
// The house, floor by floor. Arrows point down only; `make lint` and every build with
// `--explicit-target-dependency-import-check error` keep it so.

import Foundation
import PackageDescription

// MARK: - Dependencies, each with what it saves

let dependencies: [Package.Dependency] = [
  // Command line parsing, help pages and shell completions.
  .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  // The HTTP client on SwiftNIO: pooling, TLS, proxies, deadlines.
  .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  // The HTTP server of the sandbox.
  .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  // SQLite for the journal and the sandbox: migrations, statements, safe concurrency.
  .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  // YAML with marks, so that a mapping error can point at its line.
  .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  // SHA-256 for fingerprints and manifests.
  .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  // The logging interface that the server and the client speak.
  .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  // ByteBuffer and HTTP types, named in the client's and the sandbox's interfaces.
  .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  // TLS settings of the client: a private certificate authority (`--ca-file`).
  .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

// MARK: - The house

let floor0: [Target] = [
  .target(name: "ContactModel"),
  .target(name: "PhoneNumbers"),
  .target(name: "EmailAddresses"),
  // JSON text as bytes, shared by the wire (PersonAPI), the files and the reports.
  .target(name: "JSONSyntax"),
]

let floor1: [Target] = [
  // For the readers of XML and of compressed packages; `make setup` installs both.
  .systemLibrary(
    name: "CLibXML2", pkgConfig: "libxml-2.0",
    providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .target(
    name: "ContactFormats",
    dependencies: ["ContactModel", "JSONSyntax", "CLibXML2", "CZlib"]),
  .target(name: "ContactMapping", dependencies: ["ContactModel", yams]),
  .target(
    name: "ContactNormalization",
    dependencies: ["ContactModel", "PhoneNumbers", "EmailAddresses"]),
  .target(name: "PersonAPI", dependencies: ["ContactModel", "JSONSyntax"]),
]

let floor2: [Target] = [
  .target(
    name: "CRMClient",
    dependencies: [
      "ContactModel", "PersonAPI", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL,
    ]),
  .target(
    name: "CRMSandbox",
    dependencies: ["PersonAPI", "JSONSyntax", hummingbird, grdb, logging, nioCore]),
  .target(name: "RunJournal", dependencies: ["ContactModel", grdb, crypto]),
  .target(
    name: "RunReports",
    dependencies: ["ContactModel", "ContactFormats", "JSONSyntax", crypto]),
]

let floor3: [Target] = [
  .target(
    name: "ContactPipeline",
    dependencies: [
      "ContactModel", "ContactFormats", "ContactMapping", "ContactNormalization", "PersonAPI",
      "CRMClient", "RunJournal", "RunReports", "JSONSyntax", crypto,
    ])
]

let floor4: [Target] = [
  .executableTarget(
    name: "ferry",
    dependencies: [
      "ContactModel", "ContactFormats", "ContactMapping", "ContactNormalization",
      "PersonAPI", "CRMClient", "CRMSandbox",
      "RunJournal", "RunReports", "ContactPipeline", "JSONSyntax", argumentParser, logging,
    ])
]

let tests: [Target] = [
  .target(name: "TestSupport", dependencies: ["ContactModel"], path: "Tests/TestSupport"),
  .testTarget(name: "ContactModelTests", dependencies: ["ContactModel", "TestSupport"]),
  .testTarget(
    name: "PhoneNumbersTests", dependencies: ["PhoneNumbers", "TestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(
    name: "EmailAddressesTests", dependencies: ["EmailAddresses", "TestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(name: "JSONSyntaxTests", dependencies: ["JSONSyntax", "TestSupport"]),
  .testTarget(
    name: "ContactFormatsTests",
    dependencies: ["ContactFormats", "ContactModel", "JSONSyntax", "TestSupport"],
    exclude: ["Fixtures"]),
  // Other people's test suites, scored where `../shared/corpora` is present.
  .testTarget(
    name: "ConformanceTests",
    dependencies: ["ContactFormats", "ContactModel", "JSONSyntax", "TestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(
    name: "ContactMappingTests", dependencies: ["ContactMapping", "ContactModel", "TestSupport"]),
  .testTarget(
    name: "ContactNormalizationTests",
    dependencies: ["ContactNormalization", "ContactModel", "TestSupport"], exclude: ["Fixtures"]),
  .testTarget(
    name: "PersonAPITests",
    dependencies: ["PersonAPI", "ContactModel", "JSONSyntax", "TestSupport"]),
  .testTarget(
    name: "CRMClientTests",
    dependencies: ["CRMClient", "PersonAPI", "ContactModel", "TestSupport", nioCore, nioPosix]),
  .testTarget(
    name: "CRMSandboxTests",
    dependencies: ["CRMSandbox", "PersonAPI", "JSONSyntax", "TestSupport", grdb]),
  .testTarget(
    name: "RunJournalTests", dependencies: ["RunJournal", "ContactModel", grdb, "TestSupport"]),
  .testTarget(
    name: "RunReportsTests",
    dependencies: ["RunReports", "ContactModel", "ContactFormats", "TestSupport"]),
  .testTarget(
    name: "ContactPipelineTests",
    dependencies: [
      "ContactPipeline", "ContactModel", "ContactFormats", "ContactMapping", "PersonAPI",
      "JSONSyntax", "CRMClient", "CRMSandbox", "RunJournal", "RunReports", "TestSupport", grdb,
    ]),
  // Imports played against a simulated server, killed and disturbed at every step.
  .testTarget(
    name: "ImportSimulationTests",
    dependencies: [
      "ContactPipeline", "ContactModel", "ContactFormats", "ContactMapping", "PersonAPI",
      "JSONSyntax", "CRMClient", "RunJournal", "RunReports", "TestSupport",
    ]),
  .testTarget(
    name: "EndToEndTests", dependencies: ["ferry", "JSONSyntax", "TestSupport", grdb],
    exclude: ["Cases"]),
]

// Measures the stages of `make bench` without a process of ferry around them; users never build it.
let benchmarks: [Target] =
  ProcessInfo.processInfo.environment["FERRY_BENCH"] == "1"
  ? [
    .executableTarget(
      name: "FormatBench", dependencies: ["ContactFormats", "ContactModel"],
      path: "Tests/Benchmarks"),
    // Also answers `make phone-oracle` and `make email-oracle`.
    .executableTarget(
      name: "ValueBench", dependencies: ["PhoneNumbers", "EmailAddresses"],
      path: "Tests/ValueBench"),
    // What `make bench-import` measures an import with: a proxy, a load generator, a server at once.
    .executableTarget(name: "WireBench", path: "Tests/WireBench"),
  ] : []

// MARK: - Settings of every target

// Warnings are errors where the environment asks for it (CI and `make`), so that a user's newer
// compiler, which may know new warnings, does not break the build.
let strict = ProcessInfo.processInfo.environment["FERRY_STRICT"] == "1"

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

// `make test` plays ten thousand imports, for which code without the optimizer takes too long. What
// plays them is built with it there; other tests, dependencies and a plain `swift build` are not.
let optimization: [SwiftSetting] =
  ProcessInfo.processInfo.environment["FERRY_OPTIMIZED"] == "1"
  ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []

let targets = floor0 + floor1 + floor2 + floor3 + floor4 + tests + benchmarks
for target in targets where target.type != .system {
  let isOptimized = target.type != .test || target.name == "ImportSimulationTests"
  target.swiftSettings =
    (target.swiftSettings ?? []) + settings + (isOptimized ? optimization : [])
}

let package = Package(
  name: "ferry",
  products: [.executable(name: "ferry", targets: ["ferry"])],
  dependencies: dependencies,
  targets: targets
)
