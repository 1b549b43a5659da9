# 服务端程序打印给管理员看的话。
desk-setup-link = 请用此链接创建第一个客服账号（链接只能使用一次）：{ $link }
desk-listen-needs-tls = 未在 { $address } 上监听：数据会以明文经过网络。请提供 --tls-cert 和 --tls-key，或用 --behind-proxy 指明前面的 TLS 代理。
desk-needs-public-url = 请提供 --public-url，即设备和浏览器访问时使用的 https 地址。设备会对发往该地址的请求签名，因此支持中心必须知道它。
desk-public-url-needs-https = --public-url 的地址必须以 https:// 开头。
desk-failed = 支持中心无法启动，或已被迫停止：{ $detail }
desk-password-missing = 请通过标准输入提供新客服的密码，只占一行。
desk-agent-added = { $name }（{ $email }）现在可以登录了。
desk-agent-refused = 没有添加客服：{ $detail }
desk-in-use = 支持中心无法使用这个数据文件夹启动，可能已有另一个支持中心在使用它。
