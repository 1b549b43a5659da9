# 各处共用的词语。
age-now = 刚刚
age-seconds = { $count } 秒前
age-minutes = { $count } 分钟前
age-hours = { $count } 小时前
age-days = { $count } 天前

culprit-line = 问题所在：{ $culprit }
culprit-none = 未发现问题
culprit-device = 这台电脑
culprit-no-network = 没有网络连接
culprit-wifi = Wi-Fi
culprit-cable = 网线
culprit-router = 您的路由器
culprit-provider = 您的宽带运营商
culprit-far-network = 运营商之外的网络
culprit-dns = 域名解析（DNS）
culprit-service = 对方的服务
culprit-interception = 中间的其他设备或软件
culprit-unknown = 暂时无法判断

outcome-healthy = 正常
outcome-degraded = 不太正常
outcome-broken = 不能正常工作
outcome-skipped = 未检查
outcome-unknown = 无法判断

severity-P0 = 完全无法工作
severity-P1 = 重要功能无法使用
severity-P2 = 能用，但有问题
severity-P3 = 只是咨询
