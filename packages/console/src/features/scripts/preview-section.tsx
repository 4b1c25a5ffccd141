import { ownValue } from "@inlay/contract/own-value";
import type { ScriptStep } from "@inlay/contract/scripter/agent-script";
import { Button, TextField } from "@inlay/ui";
import { type ScriptDeeds, ScriptPage } from "@inlay/ui/script-page";
import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Section } from "../../shell/parts.tsx";
import { Preview } from "./preview.ts";
import { documentOf, findingsOf } from "./script-form.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** What stands in the form, to go through, by what shows it in the panel; only while nothing is wrong with it. */
export function PreviewSection({ model }: { model: ScriptModel }) {
	const form = model.details.form.value;
	const sample = useMemo(() => signal<Readonly<Record<string, string>>>({}), [model]);
	const hosts = model.hosts.value?.pages;
	const preview = useMemo(() => {
		const document = form && documentOf(form);
		const isWhole = document && !findingsOf(document).some(({ isFault }) => isFault);
		return isWhole ? new Preview(document, sample, hosts) : undefined;
	}, [form, sample, hosts]);
	if (!preview) return null;
	const name = preview.document.pages.find(({ id }) => id === preview.pageId.value)?.name;
	const { page } = preview;
	return (
		<Section title={t("preview")} hint={t("previewHint")}>
			<Sample preview={preview} />
			<section class="script-part ui-stack" aria-label={name} data-preview>
				<strong>
					<bdi>{name}</bdi>
				</strong>
				{page && <ScriptPage key={preview.pageId.value} part={page} deeds={deedsOf(preview)} />}
			</section>
			<div role="status">
				{preview.said.value.map((text, at) => (
					<p key={at}>{text}</p>
				))}
			</div>
			<div>
				<Button onClick={() => preview.restart()}>{t("restart")}</Button>
			</div>
		</Section>
	);
}

function deedsOf(preview: Preview): ScriptDeeds<ScriptStep[]> {
	return {
		busy: false,
		contact: {
			typed: preview.typed.value,
			type: (name, value) => {
				preview.typed.value = { ...preview.typed.peek(), [name]: value };
			},
			save: (names) => preview.saveContact(names),
		},
		change: (variable, value) => void preview.change(variable, value),
		press: (_label, steps) => void preview.press(steps),
		call: (address) => preview.would(`${t("k_phoneLink")} ${address}`),
		mail: (address) => preview.would(`${t("k_emailLink")} ${address}`),
		say: t,
	};
}

/** What the script reads of an interaction, to be tried. */
function Sample({ preview }: { preview: Preview }) {
	const { asked, sample } = preview;
	if (asked.length === 0) return null;
	return (
		<details class="script-part" data-sample>
			<summary>{t("sample")}</summary>
			<div class="ui-stack">
				{asked.map((name) => (
					<TextField
						key={name}
						label={name}
						value={ownValue(sample.value, name) ?? ""}
						onInput={(value) => {
							sample.value = { ...sample.value, [name]: value };
						}}
					/>
				))}
			</div>
		</details>
	);
}
