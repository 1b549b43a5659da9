// Sentences that only the fake desk's story needs, in both languages. The real ones come from the Fluent files.

import type { Catalogs } from "@nightline/shared/text/texts.ts";

const en = `
fake-loss = { $pct } % of packets lost between the router and the provider
fake-update = 14 packages updated, among them { $name }
fake-vpn = VPN connected
fake-log = xfreerdp: CredSSP failed, 0x80090302
fake-log-when = { $from } to { $until } (UTC), as the customer reported it
fake-log-cause = Loss between the router and the provider interrupts the remote desktop's sign-in. The certificate and the account are in order.
fake-log-measure = Telephone hotspot for the night; the session held for 20 minutes.
fake-log-fix = The provider checks the line (reference to follow). Work of: provider, followed up by Northwind IT.
fake-not-cloud = Not a cloud machine
fake-needs-admin = Needs administrator rights
fake-not-set = Not set by the maker
fake-tls-reset = The connection ended during the TLS handshake
`;
const zh = `
fake-loss = 路由器与运营商之间丢包 { $pct }%
fake-update = 更新了 14 个软件包，其中有 { $name }
fake-vpn = VPN 已连接
fake-log = xfreerdp: CredSSP failed, 0x80090302
fake-log-when = { $from } 至 { $until }（UTC），客户反映的时间
fake-log-cause = 路由器与运营商之间丢包，使远程桌面在登录过程中断开。证书与账号均无问题。
fake-log-measure = 当晚改用手机热点，会话保持了 20 分钟。
fake-log-fix = 由运营商检查线路（编号待补）。责任方：运营商，Northwind IT 负责跟进。
fake-not-cloud = 不是云主机
fake-needs-admin = 需要管理员权限
fake-not-set = 厂商未设置
fake-tls-reset = 连接在 TLS 握手时断开
`;

export const sentences: Catalogs = { en: [en], "zh-CN": [zh] };
