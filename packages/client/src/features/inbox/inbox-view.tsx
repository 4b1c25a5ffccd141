import "./inbox.css";
import { Spinner } from "@inlay/ui";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { type InboxTab, tabs } from "./tabs.ts";

/** What waits for the agent, by its kind: each kind is a tab, and there only for who may have it. */
export function InboxView({ workspace }: { workspace: Workspace }) {
	const mine = tabs.filter(({ permissions }) => permissions.some((one) => workspace.can(one)));
	const [chosen, choose] = useState(mine[0]?.id);
	const tab = mine.find(({ id }) => id === chosen) ?? mine[0];
	return (
		<div class="inbox">
			{mine.length > 1 && (
				<div class="inbox-tabs" role="tablist" aria-label={t("title")}>
					{mine.map(({ id, title }) => (
						<button key={id} type="button" role="tab" aria-selected={id === tab?.id} onClick={() => choose(id)}>
							{title()}
						</button>
					))}
				</div>
			)}
			{tab && <Tab key={tab.id} tab={tab} workspace={workspace} />}
		</div>
	);
}

function Tab({ tab, workspace }: { tab: InboxTab; workspace: Workspace }) {
	const [Content, setContent] = useState<ComponentType<{ workspace: Workspace }>>();
	useEffect(() => {
		tab.load().then(
			(View) => setContent(() => View),
			() => undefined,
		);
	}, [tab]);
	return (
		<section aria-label={tab.title()}>
			<h2>{tab.title()}</h2>
			{Content ? <Content workspace={workspace} /> : <Spinner label={t("loading")} />}
		</section>
	);
}
