internal import CCurl

/// What a person can do about a failed TLS handshake.
enum TLSHint {
  /// A hint for a result of libcurl; nil where there is none to give.
  ///
  /// - Parameter verification: OpenSSL's X509_V_ERR code.
  static func hint(code: CURLcode, verification: Int) -> String? {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION: refused(verification)
    case CURLE_SSL_CACERT_BADFILE:
      "The file of authorities cannot be read; check its path and that it is PEM"
    case CURLE_SSL_CERTPROBLEM:
      "The client's certificate or key cannot be used; check both files and that they belong "
        + "together"
    case CURLE_SSL_CONNECT_ERROR:
      "Is this port one for https, and does the server speak TLS 1.2 or newer?"
    default: nil
    }
  }

  private static func refused(_ verification: Int) -> String {
    switch verification {
    case 9:
      "The certificate is not yet valid: is the box's clock right?"
    case 10:
      "The certificate has expired: renew it on the server, if the box's clock is right"
    case 18, 19, 20, 21:
      "Its authority is not trusted here: name the authority's file in the configuration"
    default:
      "The certificate must name the host of the URL, come from a trusted authority, and be "
        + "valid at the time of the box's clock"
    }
  }
}
