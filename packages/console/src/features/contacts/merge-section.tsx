import { Button } from "@inlay/ui";
import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import type { Paged } from "../../session/paged.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { goTo } from "../../shell/router.ts";
import { type Contact, contactNameOf, reachedOf } from "./contact-form.ts";
import { t } from "./import-strings.ts";

/** Makes one contact of two. */
export class MergeModel {
	readonly others: Paged<Contact>;
	readonly chosen = signal<Contact | undefined>(undefined);
	readonly working = new Task();
	readonly #api: Api;
	readonly #id: string;

	constructor(api: Api, id: string, others: Paged<Contact>) {
		this.#api = api;
		this.#id = id;
		this.others = others;
	}

	/** Resolves with the contact that stays, once they are one. */
	async merge(): Promise<Contact | undefined> {
		const target = this.chosen.peek();
		if (!target || target.id === this.#id) return undefined;
		const isDone = await this.working.run(async () => {
			const body = { sourceContactId: this.#id, targetContactId: target.id };
			await this.#api.request("POST", "/api/v2/externalcontacts/merge/contacts", body);
		});
		return isDone ? target : undefined;
	}
}

/** Goes on at the contact that stays. */
export function Merge({ model, contact }: { model: MergeModel; contact: Contact }) {
	const [isAsking, setAsking] = useState(false);
	const chosen = model.chosen.value;
	const textOf = useMemo(() => (one: Contact) => [contactNameOf(one), reachedOf(one)].filter(Boolean).join(", "), []);
	return (
		<Section title={t("merge")} hint={t("mergeHint")}>
			<Picker
				list={model.others}
				label={t("mergeInto")}
				searchLabel={t("mergeSearch")}
				none={t("mergeNone")}
				chosen={chosen}
				textOf={textOf}
				onChoose={(one) => {
					model.chosen.value = one?.id === contact.id ? undefined : one;
				}}
			/>
			<div class="form-actions">
				<Button disabled={!chosen} data-merge onClick={() => setAsking(true)}>
					{t("mergeNow")}
				</Button>
			</div>
			<Failure error={model.working.error.value} />
			{isAsking && chosen && (
				<Confirm
					title={t("mergeTitle", { name: contactNameOf(contact), other: contactNameOf(chosen) })}
					text={t("mergeText")}
					action={t("mergeNow")}
					task={model.working}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						const merged = await model.merge();
						if (!merged) return;
						setAsking(false);
						tell(t("merged", { name: contactNameOf(merged) }));
						goTo({ screen: "contact", id: merged.id });
					}}
				/>
			)}
		</Section>
	);
}
