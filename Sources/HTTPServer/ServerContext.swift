internal import CMicroHTTPD

private let refused = MHD_Result.NO
private let accepted = MHD_Result.YES

/// What the C callbacks need of a server; immutable.
final class ServerContext: Sendable {
  let options: HTTPServer.Options
  let handler: HTTPServer.Handler

  init(options: HTTPServer.Options, handler: @escaping HTTPServer.Handler) {
    self.options = options
    self.handler = handler
  }
}

/// One request while its body arrives; used by one thread of the library at a time.
private final class Upload {
  var body: [UInt8] = []
  var tooLong = false
}

/// Called by the library for each piece of a request, at last with an empty piece.
func answerAccess(
  context: UnsafeMutableRawPointer?,
  connection: OpaquePointer?,
  url: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?,
  version: UnsafePointer<CChar>?,
  data: UnsafePointer<CChar>?,
  size: UnsafeMutablePointer<Int>?,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let url, let method, let size, let slot else { return refused }
  guard let pending = slot.pointee else {
    slot.pointee = Unmanaged.passRetained(Upload()).toOpaque()
    return accepted
  }
  let server = Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue()
  let upload = Unmanaged<Upload>.fromOpaque(pending).takeUnretainedValue()
  if size.pointee > 0 {
    if upload.body.count + size.pointee > server.options.bodyLimit {
      upload.tooLong = true
      upload.body = []
    } else if !upload.tooLong, let data {
      upload.body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: size.pointee))
    }
    size.pointee = 0
    return accepted
  }
  if upload.tooLong {
    let limit = server.options.bodyLimit
    let text = "The body is over \(limit) bytes.\n"
    return queue(
      server.options.tooLong ?? HTTPResponse(status: 413, type: "text/plain", text: text),
      on: connection,
      keepAlive: false
    )
  }
  let request = HTTPRequest(
    method: String(cString: method),
    path: String(cString: url),
    query: fields(of: connection, kind: .GET_ARGUMENT_KIND),
    headers: fields(of: connection, kind: .HEADER_KIND),
    body: upload.body
  )
  guard let response = server.handler(request) else { return refused }
  return queue(response, on: connection, keepAlive: server.options.keepAlive)
}

/// Called by the library when a request is over, whatever its end.
func requestCompleted(
  context: UnsafeMutableRawPointer?,
  connection: OpaquePointer?,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  reason: MHD_RequestTerminationCode
) {
  guard let slot, let pending = slot.pointee else { return }
  Unmanaged<Upload>.fromOpaque(pending).release()
  slot.pointee = nil
}

private func queue(
  _ response: HTTPResponse,
  on connection: OpaquePointer,
  keepAlive: Bool
) -> MHD_Result {
  var body = response.body
  let made = body.withUnsafeMutableBytes { bytes in
    MHD_create_response_from_buffer(bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
  }
  guard let made else { return refused }
  defer { MHD_destroy_response(made) }
  for field in response.headers { MHD_add_response_header(made, field.name, field.value) }
  if !keepAlive { MHD_add_response_header(made, "Connection", "close") }
  return MHD_queue_response(connection, UInt32(response.status), made)
}

private final class FieldList {
  var fields: [HTTPField] = []
}

private func fields(of connection: OpaquePointer, kind: MHD_ValueKind) -> [HTTPField] {
  let list = FieldList()
  _ = withExtendedLifetime(list) {
    MHD_get_connection_values(
      connection,
      kind,
      collectField,
      Unmanaged.passUnretained(list).toOpaque()
    )
  }
  return list.fields
}

private func collectField(
  context: UnsafeMutableRawPointer?,
  kind: MHD_ValueKind,
  name: UnsafePointer<CChar>?,
  value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context, let name else { return refused }
  let list = Unmanaged<FieldList>.fromOpaque(context).takeUnretainedValue()
  list.fields.append(HTTPField(String(cString: name), value.map { String(cString: $0) } ?? ""))
  return accepted
}
