# 网络检查：名称，以及各项结果的一句话说明。

check-interfaces = 网络连接与地址
check-gateway = 路由器
check-dns-system = 域名解析
check-dns-direct = DNS 服务器
check-dns-absent-name = DNS 应答是否可信
check-proxy = 代理服务器
check-captive-portal = 网络的登录页面
check-clock = 系统时间
check-desk-reach = 支持中心
check-target-reach = 访问目标
check-important-targets = 单位的重要服务
check-path = 网络路径
check-dhcp = 路由器分配的地址
check-dns-injected = DNS 应答是否唯一
check-dnssec = 域名签名（DNSSEC）
check-ipv6 = IPv6 与 IPv4
check-mtu = 大数据包
check-udp = UDP（通话和视频）
check-calls = 通话质量
check-load = 线路繁忙时的延迟

network-interfaces-unreadable = 无法读取网络连接（{ $state ->
    [absent] 没有找到
    [not-allowed] 需要管理员权限
    [not-on-this-system] 暂不支持这个系统
   *[other] 读取失败
}）。
network-no-link = 没有连上任何网络。
network-no-address = 没有获得网络地址。
network-link-local-only = 网络没有分配地址，这台电脑只能使用自动生成的地址。
network-no-route = 没有通往外部的路由（缺少默认路由）。
network-routes-unreadable = 无法读取路由（{ $state ->
    [absent] 没有找到
    [not-allowed] 需要管理员权限
    [not-on-this-system] 暂不支持这个系统
   *[other] 读取失败
}）。
network-gateway-silent = { $address } 没有响应。
network-gateway-unclear = { $address } 没有回应探测，有些路由器一向如此。
network-gateway-poor = { $address } 响应慢，或时断时续。
network-names-unknown = 有 { $count } 个域名不存在。
network-names-failed = 有 { $count } 个域名无法解析。
network-names-slow = 域名解析很慢。
network-no-resolver = 没有设置 DNS 服务器。
network-resolvers-unreadable = 无法读取 DNS 设置（{ $state ->
    [absent] 没有找到
    [not-allowed] 需要管理员权限
    [not-on-this-system] 暂不支持这个系统
   *[other] 读取失败
}）。
network-resolvers-dead = { $count ->
    [1] DNS 服务器没有给出可用的应答。
   *[other] { $count } 台 DNS 服务器都没有给出可用的应答。
}
network-resolvers-partly = 有 { $count } 台 DNS 服务器没有给出可用的应答。
network-resolvers-tcp-only = DNS 服务器只通过 TCP 应答，通过 UDP 没有响应。
network-resolvers-slow = DNS 服务器响应很慢。
network-dns-forged = 一个不存在的域名却得到了地址。
network-dns-absent-unclear = DNS 服务器的应答不明确。
network-proxy-script = 设置了代理脚本，但在这里无法得知它的结果。
network-proxy-script-slow = 代理脚本耗时过长。
network-proxy-script-fails = 代理脚本运行失败。
network-proxy-other-kind = 这种类型的代理服务器不在这里的检查范围内。
network-proxy-unreadable = 无法识别代理设置。
network-important-not-told = 重要服务在一台这里不使用的代理服务器之后，无法检查。
network-proxy-silent = 代理服务器没有响应。
network-proxy-sign-in = 代理服务器要求登录。
network-proxy-sign-in-system = 代理服务器要求用 Windows 账户登录，这里不使用该账户。
network-proxy-mute = 代理服务器接受连接，但没有给出代理应有的应答。
network-proxy-strange = 代理服务器没有放行连接。
network-portal = 应答的不是支持中心，而是别的设备。
network-portal-unclear = 没有页面应答，无法判断。
network-clock-off = 这台电脑与支持中心的时间相差 { $seconds } 秒。
network-time-unclear = 支持中心没有返回时间。
network-roots-unreadable = 无法读取受信任的证书颁发机构列表。
network-desk-strange = 支持中心有响应，但与预期不符（状态 { $status }）。
network-no-web-port = 主机有响应，但不接受网页连接。
network-server-error = 对方返回错误 { $status }。
network-important-failed = 其中 { $count } 个无法访问。
network-path-lossy = 路径上丢失了 { $loss_pct }% 的数据包。
network-path-silent = 目标不回应探测，无法判断路径的情况。
network-trace-failed = 无法追踪网络路径。
network-portal-says = 网络自己表示需要登录。
network-proxy-script-missing = 无法获取代理脚本。
network-dns-injected = 同一个查询得到了两个不同的应答。
network-dnssec-broken = 签名正确的域名被拒绝。
network-lease-expired = 网络地址已过期，没有续期。
network-ipv6-broken = 有 { $count } 台主机只能通过 IPv4 访问，IPv6 不通。
network-ipv6-slow = IPv6 比 IPv4 慢。
network-mtu-silent = 不可分片的数据包没有得到任何响应。
network-mtu-black-hole = 大数据包无声无息地消失。
network-udp-silent = UDP 数据包没有得到响应。
network-calls-unclear = 无法发送测试通话的数据包。
network-calls-poor = 通话音质会较差。
network-load-unclear = 无法让线路满载。

failure-dns = 无法解析这个域名。
failure-dns-not-found = 域名不存在。
failure-dns-timeout = 域名解析没有及时得到应答。
failure-tcp = 无法建立连接。
failure-tcp-refused = 连接被拒绝。
failure-tcp-reset = 连接尚未建立就被断开。
failure-tcp-timeout = 对方没有及时响应。
failure-tcp-unreachable = 没有通往该地址的路径。
failure-tcp-not-allowed = 这台电脑不允许这个连接。
failure-tcp-no-route = 这台电脑没有通往该地址的路由。
failure-tls = 无法建立加密连接。
failure-tls-expired = 证书已过期。
failure-tls-not-yet-valid = 证书尚未生效。
failure-tls-wrong-name = 证书属于另一个名称。
failure-tls-self-signed = 证书是自签名的。
failure-tls-unknown-issuer = 这台电脑不信任该证书的颁发机构。
failure-tls-incomplete = 服务器没有发送完整的证书链。
failure-proxy = 代理服务器没有放行连接。
failure-proxy-mute = 代理服务器接受了连接，但没有给出代理应有的应答。
failure-proxy-other-kind = 途中要经过一种这里不使用的代理服务器，因此没有尝试。
failure-http = 已经连上，但没有得到正常的应答。

skip-desk-not-reached = 没有连上支持中心。
skip-desk-on-this-machine = 支持中心就在这台电脑上。
skip-no-absent-name = 支持中心没有提供测试用的域名。
skip-no-address = 没有可以追踪的地址。
skip-no-desk = 没有设置支持中心。
skip-no-gateway = 这个连接不经过路由器。
skip-no-important-targets = 单位没有指定重要服务。
skip-no-name = 没有需要解析的域名。
skip-no-resolver = 没有 DNS 服务器应答。
skip-no-signed-name = 支持中心没有提供测试用的签名域名。
skip-no-route = 没有通往外部的路由。
skip-no-target = 没有指定要访问的目标。
skip-no-udp = 支持中心不回应 UDP，也没有设置 STUN 服务器。
skip-no-udp-answer = 没有服务器回应 UDP。
skip-lossy-path = 途中各种大小的数据包都有丢失。
skip-no-size-answer = 途中没有设备回应这种数据包。
skip-no-ipv6 = 这台电脑没有可以上网的 IPv6 地址。
skip-no-dual-stack = 所查的主机都没有同时使用两种地址。
skip-no-lease = 这里没有路由器分配地址的记录。
skip-on-this-machine = 目标就是这台电脑。
