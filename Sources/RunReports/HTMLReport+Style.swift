import ContactModel

extension HTMLReport {
  /// How an outcome is colored: done, nothing to do, to be looked at, or wrong.
  static func style(of kind: OutcomeKind, sends: Bool) -> String {
    switch kind {
    case .created, .updated: "good"
    case .unchanged, .duplicate: "calm"
    case .notAttempted: sends ? "calm" : "good"
    case .uncertain: "doubt"
    case .rejected, .failed: "bad"
    }
  }

  /// The style sheet: light and dark by the reader's choice, and fit for paper.
  static let style = """
    :root { color-scheme: light dark;
      --ink: #1c2430; --soft: #5c6776; --line: #dfe4ea; --page: #f6f7f9; --card: #ffffff;
      --good: #1a7f4b; --calm: #6b7a90; --doubt: #b26a00; --bad: #c0362c; }
    @media (prefers-color-scheme: dark) { :root {
      --ink: #e6eaf0; --soft: #9aa6b6; --line: #2c3542; --page: #12161c; --card: #1a2029;
      --good: #4cc38a; --calm: #8fa0b8; --doubt: #f0a93b; --bad: #ff7b70; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
    h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
    h3 { font-size: 1rem; margin: 0; }
    p { margin: .35rem 0; }
    .facts { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
    .alert { border-left: 4px solid var(--bad); background: var(--card); padding: .7rem 1rem;
      margin: 1rem 0; font-weight: 600; }
    .bar { display: flex; gap: 2px; height: .6rem; margin: 1.5rem 0 1rem; border-radius: .3rem;
      overflow: hidden; background: var(--line); }
    .bar i { min-width: 3px; }
    .bar .good { background: var(--good); } .bar .calm { background: var(--calm); }
    .bar .doubt { background: var(--doubt); } .bar .bad { background: var(--bad); }
    .cards { display: grid; gap: .75rem;
      grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
      padding: .8rem 1rem; }
    .card b { display: block; font-size: 1.6rem; line-height: 1.2;
      font-variant-numeric: tabular-nums; }
    .card span { color: var(--soft); font-size: .9rem; }
    .card.good b { color: var(--good); } .card.doubt b { color: var(--doubt); }
    .card.bad b { color: var(--bad); }
    ol, ul { margin: .4rem 0; padding-left: 1.4rem; }
    li { margin: .2rem 0; overflow-wrap: anywhere; }
    article { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
      border-left: 4px solid var(--calm); padding: .9rem 1.1rem; margin: .75rem 0; }
    article.error { border-left-color: var(--bad); }
    article.warning { border-left-color: var(--doubt); }
    article ul { color: var(--soft); font-size: .9rem; }
    .severity { font-size: .75rem; font-weight: 600; letter-spacing: .04em;
      text-transform: uppercase; color: var(--calm); margin-right: .35rem; }
    .error .severity { color: var(--bad); } article.warning .severity { color: var(--doubt); }
    .count { float: right; font-variant-numeric: tabular-nums; }
    code, q { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
    table { width: 100%; border-collapse: collapse; background: var(--card);
      border: 1px solid var(--line); }
    th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid var(--line);
      overflow-wrap: anywhere; }
    th { font-size: .85rem; color: var(--soft); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    footer { margin-top: 2.5rem; color: var(--soft); font-size: .85rem; }
    @media print {
      :root { --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff;
        --good: #1a7f4b; --calm: #6b7a90; --doubt: #b26a00; --bad: #c0362c; }
      body { font-size: 11pt; } main { max-width: none; padding: 0; }
      article, .card, tr { break-inside: avoid; } h2 { break-after: avoid; }
      .bar, .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
    """
}
