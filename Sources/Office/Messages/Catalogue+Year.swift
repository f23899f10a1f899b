extension Catalogue {
  /// What is said about the sample year of the demo and its plan.
  static let sampleYear: [Message] = [
    Message("year.noYAML", "计划不是 YAML: {fault}", "the plan is no YAML: {fault}"),
    Message(
      "year.noMapping", "“{key}”应是键与值的对应",
      "“{key}” takes keys and values"),
    Message("year.twice", "“{key}”出现两次,删去一处", "“{key}” stands twice: remove one of them"),
    Message(
      "year.unknown", "没有键“{key}”;最接近的是“{nearest}”",
      "unknown key “{key}”; the nearest known key is “{nearest}”"),
    Message(
      "year.noCount", "“{key}”的值“{value}”不是 0 到 {limit} 的整数",
      "“{key}” is “{value}”, and takes a whole number from 0 to {limit}"),
    Message(
      "year.noList", "“{key}”应是短语的列表,如 [甲, 乙]",
      "“{key}” takes a list of words, such as [a, b]"),
    Message(
      "year.noAmount", "金额“{value}”应以万元计,至多两位小数,大于零",
      "the amount “{value}” must be in units of ten thousand yuan, above zero, with two decimals "
        + "at most"),
    Message(
      "year.noYear", "“{value}”不是 {first} 到 {last} 的年份",
      "“{value}” is no year from {first} to {last}"),
    Message(
      "year.noSource", "来源“{value}”不在代码表中;可用: {known},其后可加 / 和机关代码",
      "the source “{value}” is not in the table; known are {known}, and after a slash an agency"),
    Message(
      "year.noChannel", "渠道“{value}”不在代码表中;可用: {known}",
      "the channel “{value}” is not in the table; known are {known}"),
    Message(
      "year.noAgency", "演示中没有机关 {agency};去掉它,或用 --nodes 16",
      "the demo has no agency {agency}: leave it out, or use --nodes 16"),
    Message(
      "year.sum", "“{key}”合计 {found},应等于“{other}”的 {expected};改其中一处",
      "“{key}” adds up to {found} and must equal “{other}”, which is {expected}: change either"),
    Message(
      "year.most", "“{key}”为 {found},至多 {limit},由“{other}”决定",
      "“{key}” is {found}, at most {limit} because of “{other}”"),
    Message(
      "year.begins", "正在演样例年 {year}: {steps} 步,各机关同时办理",
      "the sample year {year} begins: {steps} steps, all agencies side by side"),
    Message("year.goes", "样例年 {percent}%,办到 {month}", "sample year {percent} %, in {month}"),
    Message(
      "year.loaded",
      "样例年已就位: {agencies} 家机关办理 {steps} 步,产生变更集 {changes} 个,各方收齐共 {seconds} 秒;业务日期为 {today}",
      "the sample year is there: {agencies} agencies took {steps} steps and wrote {changes} change "
        + "sets; with everything everywhere it took {seconds} s; their date is {today}"),
    Message("year.there", "样例年先前已就位: {path}", "the sample year was loaded before: {path}"),
    Message(
      "year.other", "该目录已载入另一个样例年;请换 --dir,或给出同样的 --plan、--seed、--scale",
      "another sample year was loaded there: take another --dir, or give the same --plan, --seed "
        + "and --scale"),
    Message(
      "demo.yearOptions", "--seed 和 --scale 属于样例年;请同时给 --plan,或用 --nodes 16",
      "--seed and --scale belong to a sample year: give --plan as well, or use --nodes 16"),
    Message(
      "demo.yearScript", "--script 演固定的故事,不载入样例年;请去掉 --plan、--seed 和 --scale",
      "--script plays the story and loads no year: leave out --plan, --seed and --scale"),
    Message(
      "demo.yearScale", "--scale 是 1 到 {limit} 的整数", "--scale is a whole number from 1 to {limit}"),
    Message(
      "year.ownExperts", "{agency} 管理人才库,不能推荐人员;改由其他机关推荐",
      "{agency} runs the pool and nominates nobody: let another agency"),
    Message(
      "year.tooLong", "计划超过 {limit} 字节", "the plan is longer than {limit} bytes"),
  ]
}
