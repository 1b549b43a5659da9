# 工单技术记录的草稿。支持人员关单之前会阅读并修改。
desk-log-minute = { $at }
desk-log-span = { $from } 至 { $until }
desk-log-when-reported = { $time }（UTC），客户反映的时间
desk-log-when-recorded = { $time }（UTC），电脑记录到的时间
desk-log-when-sent = { $time }（UTC），提交工单的时间

desk-log-cause-unknown = 原因尚不清楚。
desk-log-cause-other-machine = 故障发生在另一台设备上。以下内容是在提交工单的电脑上测得的。
desk-log-cause-error = 错误原文：{ $error }
desk-log-cause-change = 此前 { $hours } 小时内的变更，{ $at }（UTC）：{ $change }

desk-log-measure-advice = Nightline 显示了以下建议，是否照做尚不清楚：{ $advice }
desk-log-measure-none = 没有临时措施的记录。

desk-log-fix-none = 无需处理：没有发现问题。如果再次出现，请客户当时另行提交工单。
desk-log-fix-device = 在这台电脑上排除原因。负责人：这台电脑的管理员。
desk-log-fix-no-network = 恢复该处的网络连接，并检查其配置。负责人：该处的网络管理员。
desk-log-fix-wifi = 改善该处的 Wi-Fi（位置、信道或接入点），或改用网线。负责人：该处的网络管理员。
desk-log-fix-cable = 更换网线或修好网络插座。负责人：该处的网络管理员。
desk-log-fix-router = 升级、重新配置或更换路由器。负责人：该处的网络管理员。
desk-log-fix-provider = 向宽带运营商报修，并附上这些测量结果。负责人：线路的登记用户。
desk-log-fix-far-network = 把测得的路径报告给服务的运营方，或等待中间网络恢复。负责人：服务的运营方。
desk-log-fix-dns = 改正 DNS 服务器或其中的记录。负责人：网络或域名的管理员。
desk-log-fix-service = 修复该服务。负责人：服务的运营方。
desk-log-fix-interception = 调整代替该服务应答的代理、过滤设备或登录页面，或为该服务设置例外。负责人：网络管理员。
desk-log-fix-unknown = 尚不清楚。请写明要做什么、由谁来做。
desk-log-fix-other-machine = 需要在另一台设备上处理。请写明要做什么、由谁来做。
