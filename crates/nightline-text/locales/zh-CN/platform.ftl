# 屏幕截图，以及随电脑启动。

screen-none = 这里没有可以截图的屏幕。您可以改为添加图片文件。
screen-no-window = 前面没有打开的窗口。请把要截图的窗口切换到最前面，或者截取整个屏幕。
screen-not-allowed = 没有截图，因为未获允许。您可以允许后再试一次，或者添加图片文件。
screen-not-on-this-system = Nightline 暂时还不能在此系统上截图。请用系统自带的工具截图，然后添加文件。
screen-no-answer = 系统没有响应，因此没有截图。您可以再试一次。
screen-too-large = 图片太大。请改为只截取一个窗口。
screen-failed = 截图没有成功。您可以再试一次，或者添加图片文件。

autostart-not-on-this-system = Nightline 暂时还不能在此系统上自动启动。
autostart-unusable = 系统无法从这个位置启动程序：{ $program }。自动启动仍为关闭状态。
autostart-failed = 设置未能保存，一切保持不变。
