/// The elements of an XML-RPC answer in their order, with what is inside left out.
///
/// Of a fault its code counts; recorded tracebacks are cut in the midst of their elements.
struct XMLSkeleton: Equatable {
  private(set) var tags: [String] = []
  private(set) var fault: Int?

  init(_ text: String) {
    var texts: [Substring] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let before = rest[..<open].filter { !$0.isWhitespace }
      if !before.isEmpty { texts.append(before[...]) }
      let tag = rest[rest.index(after: open)..<close]
      if !tag.hasPrefix("?") { tags.append(String(tag)) }
      rest = rest[rest.index(after: close)...]
    }
    guard tags.contains("fault") else { return }
    tags = ["fault"]
    if let name = texts.firstIndex(of: "faultCode"), name + 1 < texts.count {
      fault = Int(texts[name + 1])
    }
  }
}
