import type { CallbackView } from "@inlay/contract";
import { Banner, Button, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "../../shell/workspace.ts";
import { clockText, ownZone } from "./schedule-time.ts";
import { type Soon, soonOf } from "./soon.ts";
import { t } from "./strings.ts";

/** Above the work: what of the agent's own callbacks is about to be due, or to go to others. */
export function WarningStrip({ workspace }: { workspace: Workspace }) {
	const { session } = workspace;
	const [known, setKnown] = useState<ReadonlyMap<string, CallbackView>>(new Map());
	const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
	const news = session.callbackNews.value;
	useEffect(() => {
		session.api.get<{ entities: CallbackView[] }>("/inlay/callbacks?state=upcoming&pageSize=25").then(
			({ entities }) => setKnown((now) => new Map([...entities.map((one) => [one.id, one] as const), ...now])),
			() => undefined,
		);
	}, []);
	useEffect(() => {
		if (news) setKnown((now) => new Map(now).set(news.id, news));
	}, [news]);
	const [first] = soonOf(known.values(), session.me.id, session.now.value).filter((one) => !closed.has(keyOf(one)));
	if (!first) return null;
	const { callback, of, at } = first;
	const name = callback.name || workspace.numbers.show(callback.numbers[0] ?? "") || t("unknown");
	const time = clockText(at, ownZone(), locale.value, session.now.value);
	const close = () => setClosed(new Set(closed).add(keyOf(first)));
	const actions = (
		<span class="ui-row">
			<Button
				size="small"
				data-soon-open
				onClick={() => {
					close();
					workspace.view.value = "callbacks";
				}}
			>
				{t("open")}
			</Button>
			<Button size="small" onClick={close}>
				{t("dismiss")}
			</Button>
		</span>
	);
	return (
		<Banner tone={of === "owner" ? "warn" : "info"} icon="clock" action={actions}>
			<span data-soon={callback.id}>
				{t(of === "owner" ? "ownerSoon" : "dueSoon", { name, time })}
				{callback.note && <span class="callback-note"> {callback.note}</span>}
			</span>
		</Banner>
	);
}

function keyOf({ callback, of, at }: Soon): string {
	return `${callback.id} ${of} ${at}`;
}
