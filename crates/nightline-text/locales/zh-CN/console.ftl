# 客服控制台。
console-skip = 跳到正文
console-loading = 正在加载…
console-retry = 重试
console-details = 详细信息
console-done = 完成
console-cancel = 取消
console-copy = 复制
console-copy-copied = 已复制
console-copy-failed = 无法复制
console-more = 显示更多
console-older = 显示更早的记录
console-yes = 是
console-no = 否
console-characters = { $count } 个字符
console-stale = 下面是最近一次收到的内容。

console-home = Nightline，回到工单队列
console-navigation = 主导航
console-language = 语言
console-language-en = English
console-language-zh-CN = 简体中文
console-theme = 外观
console-theme-system = 跟随系统
console-theme-light = 浅色
console-theme-dark = 深色

console-lost-title = 这个地址没有内容
console-lost = 链接可能不完整。
console-no-ticket-title = 没有这张工单
console-no-ticket = 没有工单 { $number }，请核对工单号。
console-to-queue = 回到工单队列

console-failure-offline = 无法连接支持中心。请检查网络，您输入的内容不会丢失。
console-failure-unreadable = 无法读取支持中心的应答，请刷新页面。
console-failure-bad-request = 支持中心没有接受，请检查填写的内容。
console-failure-sign-in-required = 请重新登录后继续。
console-failure-forbidden = 您的账号没有这项权限。
console-failure-not-found = 内容不存在，或已不存在。
console-failure-conflict = 其他人同时修改了这里，页面现在显示的是最新内容。
console-failure-too-large = 内容超过了支持中心的大小限制。
console-failure-damaged-bundle = 这张工单的文件已损坏，无法显示。
console-failure-too-many-requests = 请求过于频繁，请稍后再试。
console-failure-desk-full = 支持中心的磁盘已满，请通知管理人员。工单本身没有丢失。
console-failure-internal = 支持中心内部出错。请重试，仍然出错请通知管理人员。

console-sign-in = 登录
console-signing-in = 正在登录…
console-sign-out = 退出登录
console-email = 邮箱地址
console-password = 密码
console-sign-in-wrong = 邮箱地址或密码不正确。
console-session-ended = 登录已过期，重新登录后可以接着处理。
console-setup-open = 这里还没有客服账号。请打开支持中心启动时显示的设置链接。

console-setup-title = 设置支持中心
console-setup-intro = 您将成为第一位客服，同时也是管理员。此链接只能使用一次。
console-setup-no-token = 地址不完整。请打开支持中心启动时显示的完整设置链接。
console-setup-closed = 支持中心已经设置完成，设置链接只能使用一次。
console-setup-submit = 创建账号并登录
console-name = 姓名
console-name-hint = 客户会在您的回复旁看到这个名字。
console-password-hint = 至少 { $count } 个字符。用一句话作密码，容易记住。

console-queue = 工单队列
console-devices = 设备
console-agents = 客服
console-audit = 操作记录

console-views = 工单范围
console-view-active = 未关闭
console-view-mine = 我的
console-view-unassigned = 未分配
console-view-closed = 已关闭
console-search = 搜索工单
console-search-hint = 搜索
console-severity-all = 全部等级
console-queue-count = 共 { $total } 张工单，显示 { $shown } 张
console-queue-count-all = 共 { $count } 张工单
console-queue-empty = 没有等待处理的工单
console-queue-empty-hint = 新工单会自动出现在这里。
console-queue-empty-mine = 没有由您负责的工单
console-queue-empty-unassigned = 没有未分配的工单
console-queue-empty-closed = 没有已关闭的工单
console-queue-no-match = 没有符合条件的工单
console-queue-no-match-hint = 请换个关键词，或查看全部未关闭的工单。

console-severity = 等级
console-severity-P0 = 停工
console-severity-P1 = 严重
console-severity-P2 = 受限
console-severity-P3 = 咨询
console-due = 回复时限
console-number = 工单号
console-what = 客户原话
console-culprit = 问题位置
console-machine = 设备
console-target = 访问目标
console-owner = 负责人
console-owner-none = 无负责人
console-received = 收到时间
console-unread = 有新消息
console-arriving-short = 文件接收中
console-due-answered = 已回复
console-due-left = 剩余 { $length }
console-due-overdue = 超时 { $length }
console-length-minutes = { $count } 分钟
console-length-hours = { $count } 小时
console-length-days = { $count } 天
console-due-by = { $time } 前回复

console-culprit-none = 未发现问题
console-culprit-device = 客户的电脑
console-culprit-no-network = 没有网络连接
console-culprit-wifi = 客户的 Wi-Fi
console-culprit-cable = 客户的网线
console-culprit-router = 客户的路由器
console-culprit-provider = 客户的运营商
console-culprit-far-network = 运营商之外的网络
console-culprit-dns = 域名解析（DNS）
console-culprit-service = 目标服务本身
console-culprit-interception = 中间的其他设备或软件
console-culprit-unknown = 暂时无法判断

console-status = 状态
console-status-new = 新工单
console-status-open = 处理中
console-status-waiting = 等待客户
console-status-waiting-short = 等待客户
console-status-closed = 已关闭
console-take = 由我处理
console-close = 关闭工单…
console-write-log = 填写处理记录…

console-verdict = 诊断结论
console-verdict-culprit = 问题位置：
console-verdict-none = 这张工单没有附带诊断结果。
console-measured = { $age }测量
console-incomplete = 诊断到时限时，还有检查没有运行。
console-confidence-sure = 证据明确
console-confidence-likely = 很可能
console-confidence-possible = 可能
console-confidence-guess = 推测
console-evidence = 证据

console-words = 客户原话
console-error = 错误原文
console-words-cut = 这里只显示开头。完整内容见“文件”中的 intake.json。
console-when = 故障时间
console-sent = 提交时间
console-answers = 客户补充
console-steps = 重现步骤
console-expected = 预期结果
console-contact = 联系方式
console-scope-me = 只有我
console-scope-some = 还有其他人
console-scope-all = 我知道的所有人
console-impact-stopped = 完全无法工作
console-impact-severe = 重要功能无法使用
console-impact-limited = 能用，但有问题
console-impact-question = 只是咨询
console-pattern-constant = 一直如此
console-pattern-intermittent = 时好时坏

console-findings = 诊断发现
console-findings-none = 诊断没有发现问题。
console-findings-waiting = 诊断发现随文件一起送达，文件还在接收中。
console-grade-broken = 故障
console-grade-degraded = 异常
console-grade-notice = 值得留意

console-arriving = 正在接收文件
console-arriving-bytes = 已收到 { $received }，共 { $size }。先到的内容已经显示，其余会自动补上。
console-damaged = 收到的文件已损坏
console-damaged-meaning = 收到的文件与声明的不一致，因此一概不显示。工单、诊断结论和客户原话是单独送达的，可以信任。请客户重新发送文件。
console-evidence-waiting = 文件送达后显示。
console-evidence-damaged = 文件已损坏，不予显示。

console-tab-timeline = 时间线
console-tab-checks = 检查
console-tab-target = 目标
console-tab-path = 路径
console-tab-machine = 设备
console-tab-files = 文件
console-tab-history = 记录

console-strip-title = 故障前后发生了什么
console-strip-reach = 时间范围
console-strip-hours = { $count } 小时
console-strip-days = { $count } 天
console-strip-all = 全部
console-strip-earlier = 更早 { $count } 条
console-strip-summary = 共 { $count } 个事件，文字说明见时间线。

console-timeline-filter = 只显示
console-timeline-none = 没有这一类的记录。
console-timeline-as-table = 表格显示
console-timeline-as-list = 列表显示
console-timeline-each = 每次的时间
console-until = 直到
console-time = 时间
console-kind = 类型
console-event = 事件
console-source = 来源
console-kind-boot = 开机
console-kind-shutdown = 关机
console-kind-crash = 意外关机
console-kind-update = 更新
console-kind-log-error = 日志
console-kind-network = 网络
console-kind-episode = 异常时段
console-kind-reported = 客户报告
console-kind-probe = 探测
console-source-system-log = 系统日志
console-source-packages = 软件包记录
console-source-kernel = 内核
console-source-check = 检查
console-source-recorder = 记录仪
console-source-person = 客户

console-fact = 项目
console-value = 值
console-method = 方法与时间
console-facts-none = 这项检查没有得到数据。

console-target-sum = { $count } 次中有 { $reached } 次连通
console-target-none = 客户没有指定要访问的目标。
console-target-result = 结果
console-target-bar = 各阶段用时
console-target-reached = 已连通
console-target-failed = 未连通
console-phase-dns = DNS
console-phase-tcp = TCP
console-phase-tls = TLS
console-phase-http = HTTP
console-phase-failed = 失败

console-path-none = 没有追踪路径。
console-hop = 跳
console-hop-address = 地址
console-hop-loss = 丢包
console-hop-probes = 应答数
console-hop-rtt = 延迟
console-hop-bar = 延迟范围
console-hop-silent = 没有应答

console-machine-this = 提交工单的设备
console-machine-other = 出问题的设备
console-machine-none = 没有设备信息。
console-machine-host-name = 名称
console-machine-user-name = 登录用户
console-machine-os = 系统
console-machine-os-build = 内部版本号
console-machine-architecture = 架构
console-machine-manufacturer = 制造商
console-machine-model = 型号
console-machine-serial = 序列号
console-machine-asset-tag = 资产编号
console-machine-processor = 处理器
console-machine-memory-bytes = 内存
console-machine-cloud-provider = 云平台
console-machine-cloud-instance = 云实例
console-machine-cloud-region = 云区域
console-machine-location = 位置
console-machine-contract = 合同号

console-files-none = 这张工单没有附带文件。
console-all-files = 全部文件
console-disclosure-redacted = 已脱敏
console-disclosure-disclosed = 经客户同意，原样提供
console-replaced = 已替换 { $count } 处
console-collector-report = 诊断报告
console-collector-system-log = 系统日志
console-collector-attachment = 客户选择的附件
console-collector-intake = 客户原话
console-collector-intake-what = 客户原话
console-collector-intake-error = 错误原文
console-collector-intake-time = 故障时间
console-collector-intake-steps = 重现步骤
console-collector-intake-expected = 预期结果
console-collector-intake-circumstances = 发生频率、受影响的人和影响程度
console-collector-intake-target = 访问目标
console-collector-intake-other-machine = 另一台设备
console-collector-intake-contact = 联系方式
console-collector-machine = 设备信息
console-collector-recorder = 记录仪
console-collected-line = { $what }：{ $outcome }
console-collected-left-out = 客户选择不发送
console-collected-failed = 未能收集
console-collected-not-allowed = 策略不允许
console-download = 下载全部文件
console-download-bundle = 下载诊断包
console-download-file = 下载
console-widen = 加宽显示
console-narrow = 并排显示
console-find = 在文件中查找
console-find-next = 下一个
console-find-previous = 上一个
console-go-to-fault = 跳到故障时间
console-found = { $count ->
    [0] 没有找到
   *[other] 第 { $at } 个，共 { $count } 个
}
console-no-times = 这个文件的各行都没有时间。
console-reading = 正在读取文件…
console-file-empty = 这个文件是空的。
console-file-cut = 这里只显示开头的 { $read }。完整内容请下载查看。
console-file-read = 已读取 { $read }，共 { $size }。其余内容在滚动时读取。
console-file-whole = 文件已全部读取。
console-picture-alt = 客户发送的图片：{ $name }
console-picture-too-large = 图片太大，无法在这里显示，请下载查看。

console-messages = 消息
console-messages-count = { $count } 条消息
console-messages-none = 还没有消息。
console-customer = 客户
console-sent-later = 后续发送：
console-closed-by-customer = 已由客户关闭
console-agent = 客服
console-reads = 客户阅读的语言：{ $language }
console-reads-en = 英文
console-reads-zh-CN = 简体中文
console-answer = 您的回复
console-answer-hint = 回复客户
console-answer-keys = 按 Ctrl+Enter 发送
console-answer-too-long = 内容太长，一条消息放不下，请分两次发送。
console-answer-sent = 已发送
console-answer-kept = 没有发出，您写的内容还在这里。
console-send = 发送
console-sending = 正在发送…

console-close-title = 关闭工单
console-close-intro = 根据诊断发现起草。请改正不准确的地方，客户会收到这份记录。
console-close-reads = 客户阅读的语言是{ $language }，草稿按这种语言起草。
console-close-drafting = 正在根据诊断发现起草…
console-close-submit = 关闭工单
console-log = 技术记录
console-log-when = 时间
console-log-cause = 可能原因
console-log-measure = 临时措施
console-log-permanent-fix = 根本解决办法和负责人

console-history-none = 还没有人处理过这张工单。
console-audit-intro = 谁在支持中心做了什么，最新的在最前。
console-audit-none = 还没有任何操作。
console-actor = 操作者
console-action = 操作
console-subject = 对象
console-detail = 说明
console-change = { $from } → { $to }
console-refused-wrong-password = 密码错误
console-refused-unknown-address = 没有使用这个邮箱的账号
console-actor-device = 设备
console-actor-desk = 支持中心
console-action-ticket-opened = 提交工单
console-action-owner-changed = 更改负责人
console-action-status-changed = 更改状态
console-action-severity-changed = 更改等级
console-action-ticket-reopened = 重新打开工单
console-action-setup-done = 设置支持中心
console-action-sign-in-failed = 登录被拒绝
console-action-ticket-closed = 关闭工单
console-action-bundle-received = 收到文件
console-action-bundle-damaged = 收到的文件已损坏
console-action-bundle-downloaded = 下载文件
console-action-file-read = 查看文件
console-action-file-announced = 准备发送文件
console-action-file-received = 收到文件
console-action-file-downloaded = 下载文件
console-action-message-sent = 发送消息
console-action-signed-in = 登录
console-action-signed-out = 退出登录
console-action-agent-added = 添加客服
console-action-device-enrolled = 设备登记
console-action-device-approved = 批准设备

console-devices-intro = 已登记的电脑，等待批准的排在最前。
console-devices-none = 还没有电脑登记。
console-devices-meaning = 如果支持中心只允许已批准的电脑提交工单（“--who-may-open approved”），未批准的电脑要等您批准后才能提交。否则所有电脑都可以提交，批准只表示有人核对过指纹。批准后不会自动失效。
console-devices-compare = 批准之前，请通过电话让使用者读出指纹，与这里逐组核对：在那台电脑上运行“nightline config show”即可看到。
console-fingerprint = 指纹
console-enrolled = 登记时间
console-last-seen = 最近联系
console-may-open = 已批准
console-approved = 是
console-approve = 批准

console-agents-intro = 在支持中心答复客户的人员。
console-rights = 权限
console-administrator = 管理员
console-agent-add = 添加客服
console-agent-added = { $name } 现在可以登录了。
console-agent-admin = 管理员
console-first-password = 初始密码
console-first-password-hint = 至少 { $count } 个字符。请当面或通过电话告知。

console-keys-title = 键盘快捷键
console-keys-single = 启用单键快捷键
console-key-next = 下一张工单
console-key-previous = 上一张工单
console-key-open = 打开工单
console-key-search = 搜索
console-key-reply = 回复
console-key-close = 关闭工单
console-key-back = 回到工单队列
console-key-help = 显示快捷键
console-key-tab = 时间线、检查、目标、路径、设备、文件、记录
console-key-send = 发送回复

# 证据链接里检查项旁边的数据。`is` 是代码形式的值，`value` 是文字形式的值。
console-fact-echo-loss-pct = 丢包 { $value }
console-fact-end-loss-pct = 丢包 { $value }
console-fact-loss-pct = 丢包 { $value }
console-fact-echo-median-ms = 延迟 { $value }
console-fact-fastest-ms = 最快应答 { $value }
console-fact-resolve-ms = 最慢解析 { $value }
console-fact-dns-ms = 域名解析 { $value }
console-fact-tcp-ms = 建立连接 { $value }
console-fact-tls-ms = 建立加密 { $value }
console-fact-http-ms = 首次应答 { $value }
console-fact-failure = { $is ->
    [refused] 被拒绝
    [reset] 连接中断
    [cut] 连接中断
    [timeout] 没有及时应答
    [unreachable] 无法到达
    [no-route] 没有路由
    [not-allowed] 不允许
    [not-found] 域名不存在
    [try-again] 解析失败
    [system] 系统错误
    [proxy-refused] 被代理拒绝
    [not-tls] 对方未加密
    [not-http] 不是网页应答
    [expired] 证书已过期
    [not-yet-valid] 证书尚未生效
    [wrong-name] 证书名称不符
    [self-signed] 证书为自签名
    [unknown-issuer] 证书签发者不受信任
    [no-roots] 没有受信任的签发者
   *[other] { $value }
}
console-fact-failed-phase = { $is ->
    [dns] 域名解析失败
    [tcp] 建立连接失败
    [tls] 建立加密失败
    [http] 没有正常应答
   *[other] { $value } 阶段失败
}
console-fact-cert-problem = { $is ->
    [none] 证书正常
    [expired] 证书已过期
    [not-yet-valid] 证书尚未生效
    [wrong-name] 证书名称不符
    [self-signed] 证书为自签名
    [unknown-issuer] 证书签发者不受信任
    [no-roots] 没有受信任的签发者
   *[other] 证书：{ $value }
}
console-fact-cert-not-after = 证书有效期至 { $value }
console-fact-cert-not-before = 证书生效于 { $value }
console-fact-cert-days-left = 证书还有效 { $value }
console-fact-cert-issuer = 证书签发者 { $value }
console-fact-http-status = HTTP { $value }
console-fact-status = HTTP { $value }
console-fact-reached = { $is ->
    [true] 已连通
   *[other] 未连通
}
console-fact-loopback = { $is ->
    [true] 就在客户的电脑上
   *[other] 不在客户的电脑上
}
console-fact-via-proxy = { $is ->
    [true] 经过代理
   *[other] 不经过代理
}
console-fact-host-answers = { $is ->
    [true] 主机有应答
   *[other] 主机没有应答
}
console-fact-off-link-answered = { $is ->
    [true] 路由器之外有应答
   *[other] 路由器之外没有应答
}
console-fact-answered = { $is ->
    [true] 有应答
    [list] 有应答的服务器
   *[other] 没有应答
}
console-fact-answered-count = { $value } 个有应答
console-fact-server-count = 服务器 { $value } 个
console-fact-timed-out = 没有应答的服务器
console-fact-refused = 拒绝查询的服务器
console-fact-denied-names = 不存在的域名
console-fact-failed-names = 没有地址的域名
console-fact-forged = { $is ->
    [true] 不存在的域名也有地址
   *[other] 没有伪造的应答
}
console-fact-forged-answers = 伪造的应答
console-fact-intercepted = { $is ->
    [true] 由其他设备应答
   *[other] 由支持中心应答
}
console-fact-sign-in-needed = { $is ->
    [true] 需要登录
   *[other] 无需登录
}
console-fact-default-route = { $is ->
    [true] 有出口路由
   *[other] 没有出口路由
}
console-fact-link-up-count = 已连接的网络接口 { $value } 个
console-fact-address-count = 地址 { $value } 个
console-fact-wifi-signal-dbm = 信号 { $value } dBm
console-fact-cable-out = { $is ->
    [true] 网线未插好
   *[other] 网线已插好
}
console-fact-address = 地址 { $value }
console-fact-offset-s = 相差 { $value }
console-fact-available-pct = 剩余 { $value }
console-fact-least-available-pct = 剩余 { $value }
