# 托盘、通知，以及应用自己说的话。
tray-not-looked = 正在第一次检查网络连接
tray-unread = { $count ->
   *[other] 支持人员有 { $count } 条新回复
}
tray-get-help = 获取帮助
tray-happening = 现在情况如何
tray-tickets = 我的工单
tray-tickets-unread = 我的工单（{ $count } 条新回复）
tray-settings = 设置
tray-about = 关于 Nightline
tray-quit = 退出
tray-title = Nightline

notify-answer = 支持人员已回复
notify-answer-body = 工单 { $number }。打开 Nightline 即可查看。

watch-no-tray = 当前桌面不显示托盘图标。您可以在程序列表中找到 Nightline。
watch-running = Nightline 已在运行，窗口即将打开。
watch-cannot-show = Nightline 正在运行，但没有响应。请注销后重新登录，或重启这台电脑。
watch-no-home = 没有可用来存放文件的文件夹，Nightline 无法启动：{ $path }
watch-no-window = 窗口无法打开。您可以在命令行运行“nightline get-help”，效果相同。
watch-usage = 用法：nightline-watch [--show | --get-help] [--home 文件夹] [--lang en|zh-CN] [--desk 地址] [--ca 文件]
watch-wrong-word = 无法识别：{ $word }
watch-window-wrong = 窗口属于另一个版本的 Nightline。请注销后重新登录以完成更新。

help-target-wrong = 这还不是一个地址。请填写名称，例如 server.example.com，或从浏览器复制完整地址。
help-without-words = （直接发送，未填写说明。）
help-no-desk = 尚未设置支持中心。请在“设置”中填写地址，或向 IT 部门询问。
help-look-failed = 检查意外中断。您可以不等检查，继续往下填写。
help-worker-gone = 整理资料时意外中断。没有发送任何内容，您填写的回答都还在。请再试一次。
work-item-unreadable = 此项无法在这里显示。

unkept-disk-full = 磁盘没有空间了。您写的内容只能保留到注销或关机为止。请删除或移走一些大文件，之后 Nightline 会自动保存。
unkept-not-allowed = Nightline 无权写入自己的文件夹 { $folder }。您写的内容只能保留到注销或关机为止。请联系 IT 部门处理。
unkept-failed = Nightline 暂时无法写入自己的文件夹 { $folder }，会继续重试。您写的内容只能保留到注销或关机为止。如果一直这样，请联系 IT 部门。

picture-unreadable = 无法读取这张图片。支持 PNG 和 JPEG 格式。
picture-too-large = 这张图片太大。最大支持 20 MB。
picture-too-many = 一张工单最多附 { $most } 张图片。请先移除一张。
picture-gone = 这张图片已经不在了。

number-hours-always = 全天 24 小时
number-hours-day = { $day } { $from } 至 { $to }（UTC{ $offset }）
number-hours-days = { $first }至{ $last } { $from } 至 { $to }（UTC{ $offset }）
number-hours-some-days = 部分日期 { $from } 至 { $to }（UTC{ $offset }）
weekday-mon = 周一
weekday-tue = 周二
weekday-wed = 周三
weekday-thu = 周四
weekday-fri = 周五
weekday-sat = 周六
weekday-sun = 周日

ticket-log-when = 时间：{ $text }
ticket-log-cause = 可能的原因：{ $text }
ticket-log-measure = 已采取的措施：{ $text }
ticket-log-permanent = 如何彻底解决：{ $text }

ticket-not-asked = 暂时联系不上支持中心。以下是上次得知的情况。
ticket-file-wrong = 无法读取此文件。
save-failed = 文件无法写入，可能是磁盘空间不足。
save-nothing = 这张工单已送达支持中心，本机不再保留文件。
settings-not-kept = 设置无法保存，可能是磁盘空间不足。
settings-desk-wrong = 这不是支持中心的地址。地址以 https:// 开头。
settings-managed = 此项由您的单位统一设置。

collected-report = 检查结果：网络连接、域名解析、系统更新、内存和磁盘
collected-machine = 这台电脑的型号和系统；若您保留勾选，还包括序列号
collected-log = 您所说时间前后的系统日志
collected-words = 您填写的内容，以及您保留的图片
collected-replaced = 采集的内容在发送前，其中的用户名、电脑名、网络名、地址和密码都会被替换
