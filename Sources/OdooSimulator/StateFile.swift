/// Where the state is kept between runs.
struct StateFile: Sendable {
  let path: String

  func save(_ database: Database) {}
}
