# 诊断结论：先是总体判断，再是各项发现，最后是可以做的事。

verdict-none = 没有发现这台电脑或网络连接有问题。
verdict-device = 问题出在这台电脑上。
verdict-no-network = 这台电脑没有可用的网络连接。
verdict-wifi = 问题出在 Wi-Fi：这里的信号太弱。
verdict-cable = 问题出在网线：网线没有插好。
verdict-router = 问题出在路由器：它没有正常转发数据。
verdict-provider = 问题出在路由器之后的宽带线路，不在这台电脑。
verdict-far-network = 问题出在宽带运营商之外的网络，不在这台电脑。
verdict-dns = 问题出在域名解析（DNS）：域名无法正常转换成地址。
verdict-service = 问题不在这台电脑：对方没有正常响应。
verdict-interception = 这台电脑与互联网之间，有别的设备或软件在代替真正的服务应答。
verdict-unknown = 确实有异常，但还看不出问题在哪里。

finding-cable-out = 网线没有插好（{ $interface }）。
finding-no-link = 没有打开或连上任何网络。
finding-no-address = 这台电脑已连上网络，但没有获得网络地址。
finding-no-route = 这台电脑没有通往外部的路由（缺少默认路由）。
finding-wifi-weak = Wi-Fi 信号弱（{ $dbm } dBm）。
finding-gateway-dead = 路由器 { $address } 没有响应。
finding-gateway-lossy = 发往路由器 { $address } 的数据包丢失了 { $loss_pct }%。
finding-gateway-slow = 路由器 { $address } 要 { $rtt_ms } 毫秒才响应。
finding-nothing-beyond-router = 路由器 { $address } 有响应，但它之后的网络都没有响应。
finding-dns-none = 这台电脑没有设置 DNS 服务器。
finding-dns-dead = DNS 服务器 { $servers } 没有响应。
finding-dns-refused = DNS 服务器 { $servers } 拒绝为这台电脑解析。
finding-dns-failing = DNS 服务器 { $servers } 对所有域名都返回错误。
finding-dns-partly = 有一台 DNS 服务器没有响应：{ $servers }。
finding-dns-system = DNS 服务器有响应，但这台电脑自己的域名解析失败。
finding-dns-slow = DNS 服务器要 { $ms } 毫秒才响应。
finding-dns-forged = 一个不存在的域名得到了地址 { $address }：DNS 服务器的应答被改动了。
finding-name-unknown = DNS 服务器上没有域名 { $host }。
finding-name-not-resolved = 无法解析域名 { $host }。
finding-captive-portal = 这个网络要求先登录，然后才能上网。
finding-proxy-dead = 代理服务器 { $address } 没有响应。
finding-proxy-sign-in = 代理服务器 { $address } 要求登录。
finding-proxy-sign-in-system = 代理服务器 { $address } 要求用 Windows 账户登录。Nightline 不使用该账户，因此无法检查代理之后的情况。
finding-proxy-other-kind = 这台电脑设置了代理服务器 { $address }。Nightline 不使用这种类型的代理，因此无法检查代理之后的情况。
finding-proxy-refuses = 代理服务器 { $address } 不允许这台电脑访问 { $host }（返回 { $status }）。
finding-proxy-cannot-reach = 代理服务器 { $address } 无法连上 { $host }（返回 { $status }）。
finding-proxy-mute = 代理服务器 { $address } 接受连接，但没有给出代理应有的应答。
finding-behind-proxy = 无法访问 { $host }：访问它要经过代理服务器 { $address }。
finding-silent-behind-proxy = 经过代理服务器 { $address }，没有收到 { $host } 的任何应答。
finding-error-through-proxy = 经过代理服务器 { $address } 访问 { $host }，得到错误 { $status }；还不清楚是代理还是 { $host } 返回的。
finding-clock-ahead = 这台电脑的时间快了 { $unit ->
    [hours] { $count } 小时
    [days] { $count } 天
    [years] { $count } 年
   *[minutes] { $count } 分钟
}。
finding-clock-behind = 这台电脑的时间慢了 { $unit ->
    [hours] { $count } 小时
    [days] { $count } 天
    [years] { $count } 年
   *[minutes] { $count } 分钟
}。
finding-desk-clock-off = 支持中心的时间偏差了 { $unit ->
    [hours] { $count } 小时
    [days] { $count } 天
    [years] { $count } 年
   *[minutes] { $count } 分钟
}，这台电脑的时间是对的。
finding-cert-expired = { $host } 的证书已过期（有效期到 { $until }）。
finding-cert-not-yet-valid = { $host } 的证书尚未生效（从 { $from } 起有效）。
finding-cert-wrong-name = { $host } 出示的证书属于另一个名称。
finding-cert-self-signed = { $host } 的证书是自签名的，没有第三方为它担保。
finding-cert-unknown-issuer = { $host } 的证书来自这台电脑不信任的颁发机构：{ $issuer }。
finding-cert-expires-soon = { $host } 的证书将在 { $days } 天后过期。
finding-tls-failed = { $host } 有响应，但无法建立加密连接。
finding-port-refused = { $host } 拒绝连接：对方主机有响应，但这个端口上没有程序在监听。
finding-port-blocked = { $host } 的这个端口没有响应，但对方主机有响应：端口被拦截了。
finding-host-silent = { $host } 没有响应。
finding-host-unreachable = 有路由器报告无法到达 { $host }。
finding-connection-reset = { $host } 一连上就断开连接。
finding-http-silent = { $host } 接受了连接，但没有返回内容。
finding-http-error = { $host } 返回错误 { $status }。
finding-important-unreachable = 有 { $count } 个重要服务无法访问：{ $targets }。
finding-path-lossy = 发往 { $host } 的 { $sent } 个数据包丢了 { $lost } 个（{ $loss_pct }%），还不清楚丢在哪一段。
finding-path-lossy-between = 发往 { $host } 的 { $sent } 个数据包丢了 { $lost } 个（{ $loss_pct }%），从{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}到{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
    [target] { " " }{ $host }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}这一段开始丢包。
finding-path-circle = 发往 { $host } 的数据包没有到达：它们在{ $after_kind ->
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}和{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}之间来回打转。
finding-path-slow-between = 从{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}到{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
    [target] { " " }{ $host }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}这一段起，每个数据包多用 { $added_ms } 毫秒。
finding-disk-full = 这台电脑的磁盘已满或快满了。
finding-disk-slow = 这台电脑上的程序大部分时间都在等待磁盘。
finding-out-of-memory = 这台电脑在 { $time } 内存用尽，系统结束了 { $program }。
finding-memory-limit = { $program } 在 { $time } 用尽了分配给它的内存，系统结束了它。
finding-memory-pressure = 这台电脑的内存快用完了。
finding-cpu-pressure = 这台电脑的处理器负载过高。
finding-updated-before = 此前 36 小时内，这台电脑上的软件有过 { $count } 次变更。
finding-unclean-shutdown = 这台电脑上次没有正常关机。
finding-mtu-black-hole = 发往 { $host } 的大数据包（{ $bytes } 字节起）无声无息地消失，小数据包正常。
finding-mtu-black-hole-between = 从{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}到{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
    [target] { " " }{ $host }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}这一段，大数据包（{ $bytes } 字节起）无声无息地消失，小数据包正常。
finding-ipv6-broken = 这个网络的 IPv6 不通，IPv4 正常。通过 IPv6 无法访问：{ $hosts }。
finding-ports-closed = { $target } 和 { $desk } 的端口都没有响应，但两台主机本身有响应：途中有设备只放行一部分连接。
finding-ipv6-host = 通过 IPv4 可以访问、通过 IPv6 无法访问：{ $hosts }。
finding-ipv6-slow = 通过 IPv6 建立连接比 IPv4 多用 { $ms } 毫秒。
finding-udp-blocked = 这个网络不放行 UDP 数据包。在这里通话和视频可能接通慢、音质差。
finding-udp-desk-silent = 支持中心有响应，但不回应 UDP。还不清楚是这个网络还是支持中心拦下的，通话可能要绕行。
finding-nat-varies = 路由器对每台服务器显示不同的地址，通话无法直接连通，只能绕行。
finding-calls-poor = 从这里通话音质会较差：估计约为 5 分中的 { $opinion } 分（丢包 { $loss_pct }%，迟到而听不到 { $late_pct }%，延迟 { $rtt_ms } 毫秒，抖动 { $jitter_ms } 毫秒）。
finding-line-fills = 线路繁忙时，数据包要 { $loaded_ms } 毫秒，空闲时只要 { $idle_ms } 毫秒：它们在排队等候。
finding-dns-injected = 查询域名 { $name } 得到两个不同的应答：途中有设备抢在 DNS 服务器之前作答。
finding-dnssec-broken = DNS 服务器拒绝了一个签名正确的域名，通过它无法访问使用签名域名的网站。
finding-vpn-way-out = VPN 已打开，所有数据都经过它。测到的是 VPN 之后的网络。
finding-lease-expired = 这台电脑的网络地址已过期，路由器没有续期。
finding-proxy-script = 代理脚本 { $address } { $problem ->
    [unreachable] 没有响应
    [missing] 不存在
    [slow] 耗时超过两秒，程序要等它
    [fails] 运行失败
   *[other] 的内容不是代理脚本
}。
finding-proxy-in-the-way = 代理服务器 { $address } 没有放行连接；不经过它，支持中心可以访问。
finding-proxy-needed = 这个网络只允许通过代理服务器 { $address } 向外连接，它由代理脚本指定。不运行该脚本的程序无法连接外网。
finding-cert-incomplete = { $host } 的证书链不完整：服务器没有发送 { $issuer } 的证书，或者这台电脑不认识它。
finding-cert-private = { $host } 的证书由 { $issuer } 颁发，这台电脑信任它，但公众并不信任。在公司里或装有杀毒软件时，这很常见。
finding-http-slow = { $host } 要 { $seconds } 秒才返回内容，连接本身很快。
finding-name-failing = DNS 服务器工作正常，但没有给出 { $host } 的可用应答。
finding-name-empty = 域名 { $host } 存在，但没有地址。
finding-name-filtered = DNS 服务器把域名 { $host } 指向了无效地址（{ $address }）：这是过滤器拦截域名的做法。
finding-name-led-here = 在这台电脑上，域名 { $host } 指向它自己（{ $address }）：由 hosts 文件或过滤软件设置。
finding-dns-tcp-only = DNS 服务器只通过 TCP 应答，不回应程序首先使用的 UDP：{ $servers }。
finding-no-web-port = { $host } 有响应，但不接受网页连接（端口 443 和 80）。
finding-no-ipv6-way = { $host } 只有 IPv6 地址，而这个网络没有 IPv6。
finding-blocked-here = 这台电脑自己不允许连接 { $host }：被它的防火墙、安全软件或路由设置拦下。
finding-router-refuses = 路由器 { $router } 不放行到 { $host } 的连接。
finding-refused-on-the-way = 途中的路由器 { $router } 报告：无法连接到 { $host }。
finding-http-strange = { $host } 接受了连接，但返回的不是网页服务器的内容。
finding-address-of-router = 这台电脑的地址 { $address } 与路由器的地址相同。
finding-line-dead = 线路已接通（{ $interface }），但之后的网络都没有响应。
finding-vpn-dead = VPN 已打开（{ $interface }），但通过它没有任何响应。
finding-both-silent = { $target } 和 { $desk } 彼此无关，却都没有响应；域名解析正常。
finding-both-silent-behind = { $target } 和 { $desk } 彼此无关，却都没有响应。途中最后的响应来自{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}。
finding-encryption-cut = { $target } 和 { $desk } 都能连上，但一开始加密就都被断开：途中有设备在拦截。
finding-answers-stall = { $target } 和 { $desk } 都能连上，之后却都收不到内容：较大的数据包可能在返回途中丢失了。

advice-cable-out = 请把网线两端都插紧，直到听见“咔嗒”一声。还不行，就换一根网线或换一个接口。
advice-no-link = 请打开 Wi-Fi 或插上网线，并确认飞行模式已关闭。
advice-no-address = 请断开网络，再重新连接。还不行，就重启路由器。
advice-no-route = 请断开网络，再重新连接。
advice-wifi-weak = 请靠近无线路由器，或改用网线。
advice-gateway-dead = 请确认路由器 { $address } 已通电，然后重启它，等待两分钟。
advice-gateway-poor = 请尽量改用网线，或靠近路由器。一直这样，就重启路由器。
advice-provider = 请重启路由器。一直这样，请联系宽带运营商：故障在路由器之后。
advice-dns-none = 请断开网络，再重新连接。如果地址是手动设置的，请同时填写 DNS 服务器。
advice-dns-dead = 请重启路由器。如果在办公室，请把 DNS 服务器的地址告诉支持人员。
advice-dns-partly = 请把这个地址告诉支持人员。先问到这台服务器的程序都要等待。
advice-dns-system = 请重启这台电脑。如果开着 VPN，请关闭后再打开。
advice-dns-slow = 请重启路由器。一直这样，请告诉支持人员。
advice-dns-forged = 请打开任意网页，可能会出现这个网络的登录页面。在办公室里，这可能是有意设置的。
advice-name-unknown = 请检查拼写。公司内部的域名往往要连上 VPN 才能使用。
advice-captive-portal = 请用浏览器打开任意网页，登录这个网络。
advice-proxy-dead = 请确认这里是否需要使用代理；离开办公室后通常不需要。
advice-proxy-sign-in = 请用浏览器打开任意网页，登录代理服务器。
advice-proxy-refuses = 请告诉网络的管理方您需要访问 { $host }：代理放行哪些地址，由他们决定。
advice-proxy-cannot-reach = 请检查地址的拼写。如果没有拼错，请告诉网络的管理方。
advice-proxy-mute = 在办公室里，请告诉网络的管理方；在其他地方，请确认这台电脑是否需要使用代理。
advice-clock = 请让这台电脑自动校准时间，然后重试。
advice-cert-expired = 证书只能由服务的管理方更新。请不要忽略警告继续访问。
advice-cert-unknown = 请不要在那里输入密码，并把证书上的信息告诉支持人员。
advice-service = 这一边一切正常，请告诉服务的管理方。
advice-desk = 在支持中心恢复响应之前，您提交的工单会安全保存在这台电脑上。
advice-path-circle = 在这台电脑上无法解决，请过一会儿再试。如果一直这样，请提交工单，这些路由器的地址已包含在内。
advice-path-lossy = 通话和远程桌面会受影响。一直这样，请提交工单，丢包数据已包含在内。
advice-disk-full = 请删除不再需要的文件，或清空回收站。
advice-memory-pressure = 请关闭暂时不用的程序。
advice-cpu-pressure = 请关闭暂时不用的程序，或等最忙的程序运行完。
advice-unclean-shutdown = 如果不是停电造成的，在查明原因之前，请经常保存您的工作。
advice-mtu = 请重启路由器。如果开着 VPN，请关闭后再试。一直这样，请提交工单，测得的大小已包含在内。
advice-line-fills = 通话时请暂停大文件的下载和上传。支持“智能队列管理”的路由器可以缩短排队。
advice-ipv6 = 请重启路由器。一直这样，请联系宽带运营商：IPv6 已开通，却通不出去。
advice-ports-closed = 在办公室里，请询问这里是否需要设置代理服务器；在其他地方，请换一个网络试试。
advice-dns-injected = 这可能是公司或地区有意设置的。请把这个域名告诉支持人员。
advice-beyond = 请过几分钟再试。一直这样，请提交工单，路径的情况已包含在内。
advice-name-failing = 请过一段时间再试。在办公室里，请询问网络的管理人员；否则请告诉服务的管理方。
advice-name-filtered = 在办公室里，或开启了家长控制时，这可能是有意设置的。请询问设置这个网络的人。
advice-name-led-here = 如果不是有意设置的，请让支持人员查看这台电脑的 hosts 文件。
advice-dns-tcp-only = 请重启路由器。如果在办公室，请告诉支持人员：DNS 的 UDP 查询被拦截了。
advice-name-the-port = 如果要用那里的其他服务，请在地址后加上端口，例如 { $host }:445。
advice-no-ipv6-way = 请换一个网络试试，或询问这项服务有没有 IPv4 地址。
advice-blocked-here = 请询问支持人员这里装了哪种防火墙或安全软件。如果开着 VPN，请关闭后再打开。
advice-router-refuses = 可能是路由器里的过滤或家长控制。如果在办公室，请询问网络的管理人员。
advice-address-of-router = 请让这台电脑自动获取地址，然后重新连接。
advice-line-dead = 请关闭调制解调器再打开，等待两分钟。一直这样，请联系宽带运营商。
advice-vpn-dead = 请关闭 VPN 后再打开。如果不用 VPN 就正常，请告诉 VPN 的管理方。

event-reported = 报告的故障时间
event-probe-reached = 目标有响应
event-probe-failed = 目标没有响应（{ $phase ->
    [dns] DNS
    [tcp] TCP
    [tls] TLS
    [http] HTTP
   *[other] { $phase }
}）

excuse-silent = 不回应探测
excuse-rate-limited = 只回应部分探测，不影响经过的数据
hop-way-changed = 从第 { $round } 轮起由另一台路由器回应
hop-shared = 数据在这里由 { $count } 台路由器分担
hop-circle = 数据包从这里又回到第 { $hop } 跳
hop-forward-lost = 有 { $rounds } 轮从这里起全无回应
path-clean = 发往 { $target } 的数据包没有明显丢失。
path-silent = { $target } 和途中的设备都没有响应。
path-not-reached = { $target } 没有响应，最后的响应来自第 { $hop } 跳。
path-circle = 发往 { $target } 的数据包没有到达：它们在{ $after_kind ->
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}和{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}之间来回打转。
path-lossy = 发往 { $target } 的数据包丢失 { $loss_pct }%，还不清楚丢在哪一段。
path-lossy-between = 发往 { $target } 的数据包丢失 { $loss_pct }%，从{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}到{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
    [target] { " " }{ $target }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}这一段开始丢包。
path-slow-between = 发往 { $target } 的每个数据包，从{ $after_kind ->
    [self] 这台电脑
    [router] 路由器
    [network] { " " }{ $after_name }{ " " }
   *[hop] 第 { $hop } 跳（{ $after_name }）
}到{ $before_kind ->
    [router] 路由器
    [network] { " " }{ $before_name }{ " " }
    [target] { " " }{ $target }{ " " }
   *[hop] 第 { $next } 跳（{ $before_name }）
}这一段起多用 { $added_ms } 毫秒。
verdict-local-program = 问题出在这台电脑上的一个程序：它没有正常响应。与网络无关。
finding-local-program-silent = 这台电脑的 { $host } 上没有程序响应：那个程序没有运行，或者用的是别的端口。
advice-local-program = 请重新启动那个程序。如果它又停止运行，请告诉支持人员。
verdict-name-unknown = 域名 { $host } 不存在，域名解析本身正常。
verdict-proxy = 问题出在这台电脑所用的代理服务器：它没有响应。
verdict-proxy-refuses = 代理服务器 { $address } 不允许这台电脑访问 { $host }。
verdict-proxy-cannot-reach = 代理服务器 { $address } 无法连上 { $host }。
verdict-proxy-mute = 问题出在这台电脑所用的代理服务器：它接受连接，但没有给出代理应有的应答。
verdict-proxy-in-the-way = 问题出在这台电脑所用的代理服务器：不经过它，支持中心可以访问。
verdict-proxy-script = 问题出在这台电脑所用的代理脚本：它在这里不起作用。
verdict-ipv6 = 问题出在 IPv6：它在这个网络中不通，IPv4 正常。
verdict-ports-closed = 问题出在这个网络：它只放行一部分连接。
verdict-none-near = 到 DNS 服务器为止没有发现问题，更远的地方没有测试。
verdict-none-checked = 检查过的部分没有发现问题。
verdict-name-failing = 域名 { $host } 无法解析，其他域名正常。
verdict-name-empty = 域名 { $host } 没有地址，域名解析本身正常。
verdict-name-filtered = 域名 { $host } 被拦截：DNS 服务器没有给出它的真实地址。
verdict-name-led-here = 问题出在这台电脑上：有一份名单把域名 { $host } 指回了它自己。
verdict-no-ipv6-way = 这个网络没有 IPv6，而 { $host } 只能通过 IPv6 访问。
verdict-blocked-here = 问题出在这台电脑上：它不允许连接 { $host }。
verdict-address-of-router = 问题出在这台电脑上：它占用了路由器的地址。
verdict-line-dead = 问题出在宽带线路：线路已接通，但没有任何响应。
verdict-vpn-dead = 问题出在 VPN：它已打开，但通过它没有任何响应。
verdict-answers-stall = 连接能建立，之后就收不到内容：较大的数据包可能在返回途中丢失了。
verdict-line-fills = 问题出在线路：一忙起来，所有数据都要排队。

path-map = 到 { $target } 的路径
path-map-self = 这台电脑
path-map-router = 路由器
path-map-home = 家庭网络
path-map-provider = 宽带运营商
path-map-hop = 第 { $from } 跳
path-map-span = 第 { $from } 至 { $to } 跳
path-map-silent = 其间有 { $count } 跳不回应探测，这很常见。
path-map-loss = 这一段丢失了 { $size }% 的数据包
path-map-delay = 从这里开始，每个数据包多用 { $size } 毫秒
path-map-end = 再往后没有任何响应
path-map-attribution = 网络名称数据：routeviews.org、nro.net、DB-IP.com，CC BY 4.0

# 用户想连接的目标，与支持中心对照。责任归属由结论来说。
reach-compared = { $desk ->
    [yes] { $target ->
        [yes] { $host } 用 { $target_time } 作出响应，支持中心用 { $desk_time }。
        [some] 支持中心有响应；{ $host } 测试 { $count } 次，只连通 { $reached } 次。
        [no] { $culprit ->
            [service] 网络连接正常：支持中心有响应，但无法连接 { $host }。
           *[other] 支持中心有响应，但无法连接 { $host }。
        }
       *[none] 支持中心用 { $desk_time } 作出响应。
    }
    [no] { $target ->
        [yes] { $host } 用 { $target_time } 作出响应，但无法连接支持中心。
        [some] { $host } 测试 { $count } 次，只连通 { $reached } 次；支持中心无法连接。
        [no] { $host } 和支持中心都无法连接。
       *[none] 无法连接支持中心。
    }
   *[none] { $target ->
        [yes] { $host } 用 { $target_time } 作出响应。
        [some] { $host } 测试 { $count } 次，只连通 { $reached } 次。
       *[no] 无法连接 { $host }。
    }
}
reach-desk = 支持中心
reach-desk-role = 对照
reach-total = 共 { $time }
reach-stopped = 未连通
reach-untried = 未测试
reach-plain-dns = 查找名称
reach-plain-tcp = 建立连接
reach-plain-tls = 建立加密
reach-plain-http = 收到应答
