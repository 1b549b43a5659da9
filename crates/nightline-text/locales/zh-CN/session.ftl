# 向支持中心发送工单时显示的文字。

session-delivered = 支持中心已收到您的工单和全部内容。
session-busy = 另一个窗口或程序正在发送这张工单。
session-item-damaged = 这张工单在这台电脑上的文件已损坏，文件仍在原处。请重新提交工单，以免遗漏。
session-bundle-damaged-here = 这张工单的诊断包在这台电脑上已损坏，所以没有发送。请重新提交工单，以便重新生成。
session-file-damaged-here = 这个文件在等待发送时在这台电脑上损坏了，所以没有发送：{ $name }。请重新添加。
session-file-too-large = 支持中心不接受这么大的文件，或者这张工单不能再添加文件：{ $name }。文件仍在这台电脑上。
session-file-refused = 支持中心没有接受这个文件：{ $name }。文件仍在这台电脑上。请告知 IT 部门。
session-close-refused = 支持中心没有关闭这张工单。请回复支持中心，说明您不再需要帮助。

session-offline-name = 找不到支持中心的域名。请检查网络连接和支持中心的地址。工单已安全保存。
session-offline-connect = 暂时连不上支持中心。工单已安全保存。
session-offline-exchange = 与支持中心的连接中断了。工单已安全保存。
session-untrusted-issuer = 应答的不一定是支持中心：这台电脑不信任它的证书。没有发送任何内容，工单已安全保存。请告知 IT 部门。
session-untrusted-name = 应答方的证书属于另一个名称。没有发送任何内容，工单已安全保存。请检查支持中心的地址。
session-untrusted-time = 按这台电脑的时间，支持中心的证书不在有效期内。工单已安全保存。请检查这台电脑的日期和时间。
session-not-a-desk = 在这个地址应答的不是支持中心。工单已安全保存。请检查地址，并确认这个网络是否需要先登录。
session-clock-skew = 这台电脑与支持中心的时间相差太大。支持中心的时间是 { $desk_time }。工单已安全保存。请校正这台电脑的日期和时间。
session-clock-wrong = 这台电脑与支持中心的时间相差太大。工单已安全保存。请校正这台电脑的日期和时间。
session-desk-trouble = 支持中心自身出了问题。工单已安全保存。
session-no-device-key = 无法读取这台电脑的密钥。工单已安全保存。请解锁密钥环后重试。
session-prepare = 无法建立安全连接。工单已安全保存。请检查设置中的证书文件。
session-verifying = 内容已全部送达，支持中心正在核对。
session-disk = 无法读写这张工单的文件。请确认磁盘没有写满。
session-no-desk = 尚未设置支持中心。工单已安全保存。请向 IT 部门询问地址。

session-refused-bad-request = 支持中心无法读取这张工单，可能是 Nightline 与支持中心的版本不匹配。请告知 IT 部门。
session-refused-sign-in = 支持中心要求这台电脑重新验证身份。这会自动完成，工单已安全保存。
session-refused-forbidden = 支持中心不接受这台电脑的工单。请告知 IT 部门。
session-refused-not-approved = 支持中心需要先批准这台电脑。工单已安全保存。
session-refused-not-found = 支持中心已没有这张工单。请重新提交工单。
session-refused-number-taken = 这个工单号已被另一张工单占用。请重新提交，新工单会有自己的工单号。
session-refused-conflict = 支持中心已有这张工单，但内容不同。如果这一份也要发送，请重新提交工单。
session-refused-too-large = 诊断包超过了支持中心的上限。请去掉一些文件后重试。
session-refused-checksum = 收到的内容与发出的不一致。工单已安全保存，请重新发送。
session-refused-damaged-bundle = 诊断包两次送达时都已损坏。请重新提交工单，以便重新生成。
session-refused-too-many = 支持中心正忙。工单已安全保存。
session-refused-desk-full = 支持中心暂时没有空间。工单已安全保存。如有急事，请打电话。
session-refused-unknown = 支持中心没有接受这张工单，这个版本不认识其中的原因。工单已安全保存，请告知 IT 部门。
