# 发送前会被替换的隐私信息种类。
redact-class-user = 用户名
redact-class-home = 主目录中的用户名
redact-class-host = 电脑名称
redact-class-domain = 域名
redact-class-ipv4 = IPv4 地址
redact-class-ipv6 = IPv6 地址
redact-class-mac = 硬件地址
redact-class-email = 邮箱地址
redact-class-secret = 密码和密钥
redact-class-serial = 序列号
redact-class-ssid = Wi-Fi 名称
