/// The PHP under which the CRM was observed.
package enum PHPVersion: Sendable {
  /// 7.4, which the CRM supports.
  case php74
  /// 8.2, which it does not, but often meets.
  case php82
}
