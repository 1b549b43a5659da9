# 随工单发送的内容，以及诊断包可能出现的问题。
bundle-item-what = 您描述的问题
bundle-item-error = 错误信息原文
bundle-item-time = 发生时间
bundle-item-steps = 重现步骤
bundle-item-expected = 您期望的结果
bundle-item-circumstances = 发生频率、受影响的人和影响程度
bundle-item-target = 您想访问的目标
bundle-item-other-machine = 另一台设备的信息
bundle-item-contact = 您的联系方式
bundle-item-report = 检查结果
bundle-item-asset-ids = 序列号和资产编号
bundle-item-machine = 这台电脑的信息
bundle-item-system-log = 系统日志中的错误
bundle-item-attachment = 您的文件 { $name }

bundle-error-internal = 诊断包没有生成。这是 Nightline 自身的问题，与您的电脑无关。
bundle-error-take-in = 有一个要放入诊断包的文件无法读取。请去掉它，或确认您有权打开它。
bundle-error-too-many-attachments = 每张工单最多可附 { $limit } 个文件。
bundle-error-attachment-too-large = 这个文件太大。每个文件不能超过 { $limit_mib } MiB。
bundle-error-file-empty = 这个文件是空的，没有内容可以发送。
bundle-error-no-such-item = 清单里没有名为“{ $item }”的项目。
bundle-error-item-required = “您描述的问题”不能去掉，没有它就无法提交工单。
bundle-error-disk-full = 磁盘已满，诊断包无法保存。请腾出一些空间再试，您填写的内容不会丢失。
bundle-error-write = 诊断包无法保存到这个文件夹，请换一个文件夹。
bundle-error-too-large = 诊断包太大，上限为 { $limit_mib } MiB。请去掉较大的文件。
bundle-error-too-many-entries = 诊断包中的文件太多，上限为 { $limit } 个。

bundle-error-read = 无法读取诊断包。请确认文件存在，并且您有权打开它。
bundle-error-not-a-bundle = 这个文件不是 Nightline 诊断包。
bundle-error-damaged = 诊断包已损坏或不完整，请重新索取。
bundle-error-entry-damaged = 诊断包已损坏：{ $name } 与内容清单不符。
bundle-error-schema = 这个诊断包由更新版本的 Nightline 生成，请升级后再打开。
bundle-error-bomb = 没有打开：这个诊断包声称的内容远远超过上限。
bundle-error-name = 没有打开：诊断包中有不允许的文件名（{ $name }）。
bundle-error-foreign = 没有打开：这个诊断包不是由 Nightline 生成的。
bundle-error-no-such-entry = 诊断包中没有这个文件。
bundle-error-entry-too-large = 这个文件太大，无法显示，上限为 { $limit_mib } MiB。
