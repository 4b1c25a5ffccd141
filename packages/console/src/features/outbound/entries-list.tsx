import { Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Pager, Search } from "../../shell/pager.tsx";
import { Confirm, Load } from "../../shell/parts.tsx";
import type { Entries, Entry } from "./entries.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** Who, or which numbers, stand in a list: each can be found, and taken out. */
export function EntriesList({ model, entries }: { model: OutboundThingModel; entries: Entries }) {
	const [asked, setAsked] = useState<Entry>();
	const isContacts = model.kind === "contactlists";
	const mayRemove = model.may(isContacts ? needs.deleteContacts : needs.addToDnc);
	const remove = async (entry: Entry) => {
		if (!(await model.removeEntry(entries, entry))) return;
		setAsked(undefined);
		tell(t("entryRemoved", { name: entry.text }));
	};
	return (
		<div class="ui-stack" data-entries={model.kind}>
			<Search list={entries} label={t(isContacts ? "findContact" : "findNumber")} />
			<Load from={entries.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<p class="ui-muted">{t("noEntries")}</p>
					) : (
						<ul class="rows">
							{entities.map((entry) => (
								<li key={entry.id}>
									<div class="row-main">
										<bdi>{entry.text}</bdi>
									</div>
									{mayRemove && (
										<div class="row-end">
											<Button
												size="small"
												icon="trash"
												aria-label={t("removeEntry", { name: entry.text })}
												data-remove-entry={entry.id}
												onClick={() => setAsked(entry)}
											>
												{t("removeOne")}
											</Button>
										</div>
									)}
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={entries} />
			{asked && (
				<Confirm
					title={t("removeEntryTitle", { name: asked.text })}
					text={t(isContacts ? "removeContactText" : "removeNumberText")}
					action={t("removeOne")}
					task={model.acting}
					onClose={() => setAsked(undefined)}
					onConfirm={() => void remove(asked)}
				/>
			)}
		</div>
	);
}
