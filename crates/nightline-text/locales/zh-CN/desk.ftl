# 服务端程序打印给管理员看的话。
desk-setup-link = 请用此链接创建第一个客服账号（链接只能使用一次）：{ $link }
desk-listen-needs-tls = 未在 { $address } 上监听：其他机器会看到明文内容。请提供 --tls-cert 和 --tls-key，或用 --behind-proxy 指明前面的 TLS 代理。
desk-needs-public-url = 请提供 --public-url，即设备和浏览器访问时使用的 https 地址。设备会对该地址签名，服务端必须知道它。
desk-public-url-needs-https = --public-url 必须以 https:// 开头。
desk-failed = 服务端无法启动或已停止：{ $detail }
desk-password-missing = 请在标准输入中用一行输入新客服的密码。
desk-agent-added = { $name }（{ $email }）现在可以登录了。
desk-agent-refused = 未能添加客服：{ $detail }
