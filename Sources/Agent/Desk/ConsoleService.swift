internal import Console
internal import Logging
internal import ServiceLifecycle

/// Keeps the console open until the agent stops.
struct ConsoleService: Service {
  let options: ConsoleOptions
  let desk: DeskService
  let log: Logger

  func run() async throws {
    let console: Console
    do throws(ConsoleFailure) {
      console = try Console.start(options, desk: desk)
    } catch {
      throw AgentFailure(sentence: "The console \(error.description) See [console] listen.")
    }
    log.notice("The console listens", metadata: ["port": "\(console.port)"])
    try? await gracefulShutdown()
    console.stop()
  }
}
