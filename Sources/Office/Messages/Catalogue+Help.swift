extension Catalogue {
  /// What each command does, as the help lists it; the key is the command behind `help.`.
  static let help: [Message] = [
    Message("help.agency", "名录:机关、邀请、治理机关。", "The directory: agencies, invitations and governors."),
    Message(
      "help.agency.add", "提议接纳申请加入的机关,或由别的节点代管的机关。",
      "Propose to admit an agency that applied, or one that another node hosts."),
    Message("help.agency.countersign", "以治理机关身份会签提案。", "Countersign a proposal, as governor."),
    Message(
      "help.agency.govern", "以登记机关身份提议治理机关。", "Propose who governs the directory, as registrar."),
    Message(
      "help.agency.invite", "以登记机关身份邀请机关:给出一次性邀请码。",
      "Invite an agency, as registrar: prints a one-time code."),
    Message("help.agency.list", "列出名录中的机关。", "List the agencies of the directory."),
    Message(
      "help.agency.show", "查看名录中的机关及其密钥。", "Show an agency of the directory and its keys."),
    Message("help.agency.pending", "列出名录中待办的事。", "List what waits in the directory."),
    Message("help.alarm", "对端异常的警报。", "Alarms: misconduct and mishaps of peers."),
    Message("help.alarm.list", "列出警报,新的在前。", "List alarms, the newest first."),
    Message("help.clue", "线索及其移送。", "Clues and their referral."),
    Message("help.clue.accept", "受理线索。", "Accept a clue."),
    Message("help.clue.agree-withdraw", "同意撤回。", "Agree to a withdrawal."),
    Message("help.clue.refuse-withdraw", "不同意撤回。", "Refuse a withdrawal."),
    Message("help.clue.assign", "指定管辖:由共同上级决定哪家机关办理。", "Say which body is competent."),
    Message(
      "help.clue.merge", "把线索合并入另一件均已受理的线索。",
      "Merge a clue into another one that was accepted too."),
    Message("help.clue.create", "立线索。", "Open a clue."),
    Message("help.clue.dispose", "决定已受理线索的处置。", "Decide what is done with an accepted clue."),
    Message("help.clue.feedback", "向移送机关反馈。", "Give feedback to the sender."),
    Message("help.clue.forward", "把线索转送另一家机关。", "Forward a clue to another agency."),
    Message("help.clue.list", "列出线索。", "List clues."),
    Message("help.clue.receive", "签收来文。", "Receive a letter."),
    Message("help.clue.refer", "拟移送线索的函。", "Draft the letter that refers a clue."),
    Message("help.clue.relate", "把线索与另一卷关联。", "Say that a clue belongs to another dossier."),
    Message("help.clue.return", "把线索退回移送机关。", "Return a clue to its sender."),
    Message("help.clue.show", "查看线索。", "Show a clue."),
    Message(
      "help.clue.split", "部分受理:受理所列各点,其余待退回或转送。",
      "Accept some points; the others are to be returned or forwarded."),
    Message("help.clue.supplement", "拟补充材料的函。", "Draft a letter with further material."),
    Message("help.clue.withdraw", "请收件机关同意撤回。", "Ask the recipient to agree to a withdrawal."),
    Message("help.config", "查看与检查配置。", "Show and check the configuration."),
    Message(
      "help.config.check", "检查配置、密钥及其权限。", "Check the configuration, the keys and their rights."),
    Message("help.config.show", "查看生效的配置,密码已遮盖。", "Show the values in force, secrets masked."),
    Message(
      "help.demo", "本机上的多家机关,各有自己的进程、数据库和端口。",
      "Agencies on this machine, each with its own process, database and ports."),
    Message("help.demo.break", "破坏运行中演示的一家机关。", "Break something of one agency of a running demo."),
    Message(
      "help.demo.clock", "拨动运行中演示各机关的业务时钟。",
      "Move the business clock of every agency of a running demo."),
    Message(
      "help.demo.heal", "重启该机关的节点,接回线路,修复其表与日志。",
      "Start the agency's node again, join its line, repair its tables and log."),
    Message(
      "help.demo.run", "运行演示直到 Ctrl-C,或演完故事。", "Run the demo until Ctrl-C, or play its story."),
    Message("help.document", "文书:拟稿、送审、签发、印发。", "Documents: draft, submit, sign, issue."),
    Message(
      "help.document.attach", "给文稿附文件;中断后再执行即从断处续传。",
      "Attach files to a draft; run again, it goes on where it stopped."),
    Message("help.document.attachment", "附件。", "Attachments."),
    Message(
      "help.document.attachment.get", "取出附件,写入前逐片校验。",
      "Take an attachment out; each piece is verified before it is written."),
    Message(
      "help.document.change", "修改尚未送审或被退回的文稿。",
      "Change a draft that is not submitted, or was sent back."),
    Message("help.document.drafts", "列出未印发的文稿。", "List drafts that are not issued yet."),
    Message("help.document.draft", "拟稿。", "Draft a document."),
    Message("help.document.issue", "给已签发的文稿编号并印发。", "Issue a signed draft with a number."),
    Message("help.document.return", "把文稿退回拟稿人。", "Give a draft back to its drafter."),
    Message("help.document.list", "列出已印发的文书。", "List issued documents."),
    Message("help.document.show", "查看文书或文稿。", "Show a document or a draft."),
    Message("help.document.sign", "签发他人所拟的文稿。", "Sign a draft that another person drafted."),
    Message("help.document.submit", "把文稿送审。", "Submit a draft for signature."),
    Message(
      "help.document.revoke", "撤销已印发的文书;仍可查阅。", "Revoke an issued document; it stays readable."),
    Message("help.document.review", "审核已送审的文稿。", "Review a submitted draft."),
    Message("help.dossier", "卷宗。", "Dossiers."),
    Message("help.dossier.admit", "准入一家机关到卷宗。", "Admit an agency to a dossier."),
    Message(
      "help.dossier.advance", "推进督察、信访、执行个案、人才、数字等流程的下一步。",
      "Take the next step of an inspection, petition, enforcement case, expert or figures."),
    Message("help.dossier.create", "立卷。", "Open a dossier."),
    Message(
      "help.dossier.end", "终止一家机关知悉卷宗;已有的仍归其保存。",
      "End an agency's membership; it keeps what it had."),
    Message(
      "help.dossier.exclude", "把一家机关永久排除在卷宗之外(回避)。", "Exclude an agency from a dossier, for good."),
    Message("help.dossier.list", "列出卷宗。", "List dossiers."),
    Message("help.dossier.relate", "把卷宗与另一卷关联。", "Say that a dossier belongs to another."),
    Message("help.dossier.show", "查看卷宗。", "Show a dossier."),
    Message(
      "help.guantong", "机关之间经签名的案卷,各有自己的副本。",
      "Signed case files between agencies, each with its own replica."),
    Message("help.held", "待补的变更集。", "Change sets that wait for something missing."),
    Message("help.held.list", "列出待补的变更集。", "List change sets that wait for something missing."),
    Message(
      "help.init", "建立节点的文件:配置、密钥、证书。",
      "Make the files of a node: configuration, keys, certificate."),
    Message("help.item", "事项:问题、要求、议定事项。", "Items: findings, directions, resolutions."),
    Message("help.item.acknowledge", "确认接办事项。", "Say that an item has been taken up."),
    Message("help.item.plan", "报送整改方案。", "File the plan for an item."),
    Message("help.item.extend", "申请延期。", "Ask for more time on an item."),
    Message("help.item.grant", "准予延期。", "Grant more time on an item."),
    Message("help.item.deny", "不准延期。", "Deny more time on an item."),
    Message("help.item.dispute", "对事项提出异议。", "Dispute an item."),
    Message(
      "help.item.uphold", "异议成立,取消事项。", "Uphold a dispute, which cancels the item."),
    Message("help.item.dismiss", "异议不成立。", "Dismiss a dispute."),
    Message("help.item.reopen", "反弹重开已销号的事项。", "Open an item again that was signed off."),
    Message("help.item.reassign", "把事项改派给另一家机关。", "Give an item to another agency."),
    Message("help.item.cancel", "取消事项。", "Take an item back."),
    Message("help.item.urge", "督办:提醒、催办、督办函、约谈、通报。", "Urge the responsible agency: five levels."),
    Message(
      "help.item.prolong", "列入长期整改,另定期限。", "Put an item on the long-term list, with a new date."),
    Message("help.item.list", "列出事项。", "List items."),
    Message("help.item.show", "查看事项及其办理。", "Show an item and the acts on it."),
    Message("help.item.pass", "验收通过。", "Pass a report."),
    Message("help.item.reject", "退回报告,说明理由。", "Send a report back, with a reason."),
    Message("help.item.report", "报告事项的整改。", "Report on an item."),
    Message("help.item.sign-off", "销号。", "Sign an item off."),
    Message("help.join", "加入登记机关的名录。", "Enter the directory of a registrar."),
    Message("help.meeting", "会议、纪要、议定事项。", "Meetings, their minutes and resolutions."),
    Message("help.meeting.abstain", "对纪要的一个版本弃权。", "Abstain from a version of the minutes."),
    Message(
      "help.meeting.circulate", "把已签发的纪要版本送会签。", "Circulate a signed version of the minutes."),
    Message("help.meeting.countersign", "会签纪要的一个版本。", "Countersign a version of the minutes."),
    Message("help.meeting.create", "召集会议。", "Open a meeting."),
    Message(
      "help.meeting.finalize", "引用会签,定稿一个版本。", "Finalize a version, citing the countersignatures."),
    Message("help.meeting.issue", "给定稿纪要编号并印发。", "Issue the final minutes with a number."),
    Message("help.meeting.minutes", "拟纪要,或其下一版。", "Draft the minutes, or their next version."),
    Message("help.meeting.object", "对纪要的一个版本提出异议。", "Object to a version of the minutes."),
    Message(
      "help.meeting.lapse", "记录逾期未答复的应会签机关。", "Record the silence of required members."),
    Message("help.meeting.list", "列出会议及其纪要。", "List meetings and their minutes."),
    Message("help.meeting.show", "查看会议。", "Show a meeting."),
    Message("help.node", "节点进程。", "The node process."),
    Message("help.node.run", "运行节点,直到 SIGTERM 或 Ctrl-C。", "Run the node until SIGTERM or Ctrl-C."),
    Message("help.person", "机关的人员。", "The people of an agency."),
    Message("help.person.add", "为本机关增加人员。", "Add a person to our agency."),
    Message(
      "help.person.change", "变更本机关人员,或使其离任。",
      "Change a person of our agency, or end their time."),
    Message("help.person.list", "列出机关的人员。", "List the people of an agency."),
    Message(
      "help.reconcile", "与对端对账,或以自己的日志核对自己的表,并修复。",
      "Compare with peers, or the own tables with the own ledger, and repair."),
    Message("help.rejected", "隔离的变更集。", "Change sets in quarantine."),
    Message("help.rejected.list", "列出隔离的变更集。", "List the quarantine."),
    Message("help.result", "案件的结果。", "Results of cases."),
    Message("help.result.list", "列出结果。", "List results."),
    Message("help.result.correct", "更正结果;未给出的项不变。", "Correct a result; what is absent stays."),
    Message("help.result.revoke", "撤销结果;不再计数,仍可查阅。", "Revoke a result; it counts no more."),
    Message("help.result.record", "记录结果。", "Record a result."),
    Message(
      "help.show", "查看任何记录或变更集,或导出其证据。", "Show any record or change set, or export its evidence."),
    Message("help.status", "查看节点与各对端的状态。", "Show how the node and its peers are."),
    Message("help.sync", "与对端交换。", "Exchange with peers."),
    Message("help.sync.now", "立即与对端交换。", "Exchange with peers now."),
    Message("help.verify", "断网核验证据文件。", "Check an evidence file, without any network."),
    Message("help.version", "查看本程序的版本。", "Show what this program is."),
    Message("help.void", "不生效的变更集、部分和记录。", "What is stored and has no effect."),
    Message("help.void.list", "列出不生效的内容及理由。", "List what has no effect, and why."),
  ]
}
