// Sentences that only the fake watch's story needs, in both languages. The real ones come from the Fluent files.

import type { Message, Value } from "@nightline/shared/wire.ts";
import type { Catalogs, Language } from "@nightline/shared/text/texts.ts";

type Pair = readonly [en: string, zh: string];

/** What the organization and the watch say, as messages with values. */
const SAID: Record<string, Pair> = {
  "fake-noticed-loss": ["{ $pct } % of packets were lost between your router and your provider.", "您的路由器与运营商之间丢包 { $pct }%。"],
  "fake-noticed-gone": ["The connection was gone for 40 seconds.", "网络断开了 40 秒。"],
  "fake-problem": ["{ $place }: “desk” has to begin with https://. The default is used.", "{ $place }：“desk”必须以 https:// 开头，现在使用默认值。"],
};

/** What people wrote: it stays in the language it was written in. */
const WRITTEN: Record<string, Pair> = {
  "fake-what": ["Remote desktop drops me in the middle of the call with the customer, every few minutes.", "和客户开会时远程桌面老是断开，每隔几分钟就掉线一次。"],
  "fake-what-printer": ["The printer on the second floor prints nothing.", "二楼的打印机打不出任何东西。"],
  "fake-what-mail": ["Mail asked for my password again and again.", "邮箱一直反复要求输入密码。"],
  "fake-error": ["An authentication error has occurred.\nThe function requested is not supported.\nRemote computer: rds.example.com", "发生身份验证错误。\n要求的函数不受支持。\n远程计算机：rds.example.com"],
  "fake-contact": ["+49 30 5550 0177, until 06:00", "138 0000 0000，六点前都可以"],
  "fake-agent": ["Jonas Weber", "陈立"],
  "fake-letter-own": ["It happens on the telephone hotspot too, but less.", "用手机热点也会断，不过少一些。"],
  "fake-letter-agent": ["Good evening. I see the loss between your router and the provider in your report.\nPlease stay on the hotspot for now. Is the light on the router steady?", "晚上好。从您的报告能看到路由器与运营商之间在丢包。\n请先继续用手机热点。路由器上的灯是常亮的吗？"],
  "fake-letter-more": ["Thank you. I have called the provider and stay on this.", "谢谢。我已联系运营商，会继续跟进。"],
  "fake-file": ["light on the router.jpg", "路由器指示灯.jpg"],
  "fake-number-it": ["IT service desk", "IT 服务台"],
  "fake-number-night": ["Night shift", "夜班值守"],
  "fake-number-cn": ["Beijing office", "北京办公室"],
  "fake-log-when": ["01:50 to 01:52, then now and then", "01:50 至 01:52，此后时断时续"],
  "fake-log-cause": ["Loss between the router and the provider broke off the sign-in.", "路由器与运营商之间丢包，登录因此中断。"],
  "fake-log-measure": ["Telephone hotspot for the night.", "当晚改用手机热点。"],
  "fake-log-permanent": ["The provider has replaced the line card. Work of: provider.", "运营商已更换线路板卡。责任方：运营商。"],
  "fake-log": ["02:03:11 kernel: eth0: link is up\n02:03:14 <host-7q2k> xfreerdp[811]: 0x80090302\n", "02:03:11 kernel: eth0: link is up\n02:03:14 <host-7q2k> xfreerdp[811]: 0x80090302\n"],
  "fake-item": ["{\n  \"host\": \"<host-7q2k>\",\n  \"loss_pct\": 70\n}\n", "{\n  \"host\": \"<host-7q2k>\",\n  \"loss_pct\": 70\n}\n"],
};

const catalog = (at: 0 | 1): string => Object.entries(SAID).map(([id, pair]) => `${id} = ${pair[at]}`).join("\n");

export const sentences: Catalogs = { en: [catalog(0)], "zh-CN": [catalog(1)] };

let spoken: Language = "en";

/** In which language the people of the story write. */
export function speak(language: Language): void {
  spoken = language;
}

export const textOf = (id: string): string => WRITTEN[id]?.[spoken === "en" ? 0 : 1] ?? id;

export const msg = (id: string, args: { [key in string]: Value } = {}): Message => ({ id, args, text: "" });
