# 向支持中心发送工单时显示的文字。

session-delivered = 支持中心已收到您的工单和全部资料。
session-busy = 另一个窗口或程序正在发送这张工单。
session-item-damaged = 这张工单在这台电脑上的文件已损坏，原样保留。请重新求助，以免遗漏。

session-offline-name = 找不到支持中心的名称。请检查网络连接和支持中心地址；工单已保存，恢复后会自动发出。
session-offline-connect = 暂时连不上支持中心。工单已保存，支持中心一有响应就会自动发出。
session-offline-exchange = 与支持中心的连接中断。工单已保存，稍后会从中断处自动继续。
session-untrusted-issuer = 有其他设备冒充支持中心应答，其证书不受这台电脑信任。没有发送任何内容。请告知 IT 部门；工单已保存。
session-untrusted-name = 对方的证书属于另一个名称。没有发送任何内容。请检查支持中心地址；工单已保存。
session-untrusted-time = 按这台电脑时间，支持中心的证书不在有效期内。请检查这台电脑的日期和时间；工单已保存。
session-not-a-desk = 这个地址上应答的不是支持中心。请检查地址，并确认当前网络是否需要先登录；工单已保存。
session-clock-skew = 这台电脑与支持中心的时间相差过大。支持中心时间为 { $desk_time }。请校正日期和时间；工单已保存。
session-clock-wrong = 这台电脑与支持中心的时间相差过大。请校正日期和时间；工单已保存。
session-desk-trouble = 支持中心自身出现故障。工单已保存，稍后会自动发出。
session-no-device-key = 无法读取这台电脑密钥。请解锁密钥环后重试；工单已保存。
session-prepare = 无法建立安全连接。请检查设置中的证书文件；工单已保存。
session-verifying = 资料已全部送达，支持中心正在核对。
session-disk = 无法读写这台电脑上的工单文件。请检查磁盘剩余空间；工单已保存。
session-no-desk = 尚未设置支持中心。请向 IT 部门询问地址；工单已保存。

session-refused-bad-request = 支持中心无法读取这张工单，可能是程序与支持中心的版本不匹配。请告知 IT 部门。
session-refused-sign-in = 支持中心要求这台电脑重新验证身份，这会自动完成；工单已保存。
session-refused-forbidden = 支持中心不接受这台电脑的工单。请告知 IT 部门。
session-refused-not-approved = 支持中心需要先批准这台电脑。工单已保存，批准后会自动发出。
session-refused-not-found = 支持中心已没有这张工单。请重新求助。
session-refused-number-taken = 这个编号已被另一个工单占用。请重新求助，新工单会有自己的编号。
session-refused-conflict = 支持中心已有这张工单，但内容不同。如需发送这一份，请重新求助。
session-refused-too-large = 诊断包超过支持中心的上限。请去掉一些文件后重试。
session-refused-checksum = 收到的内容与发出的不一致，将自动重新发送。
session-refused-damaged-bundle = 诊断包两次送达时都已损坏。请重新求助，以便重新生成。
session-refused-too-many = 支持中心请您稍候，工单会自动发出。
session-refused-desk-full = 支持中心暂时没有空间。工单已保存，稍后会自动发出；如有急事，请打电话。
session-refused-unknown = 支持中心没有接受这张工单，原因是此版本不认识的。工单已保存；请告知 IT 部门。
