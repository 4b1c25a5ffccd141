import type { InputComponent, ScriptComponent } from "@inlay/contract/scripter/agent-script";
import { textOf } from "@inlay/contract/scripter/evaluate";
import { interpolate } from "@inlay/contract/scripter/interpolate";
import { Button, Checkbox, Select, TextField } from "@inlay/ui";
import { useMemo } from "preact/hooks";
import { Section } from "../../shell/parts.tsx";
import { Preview } from "./preview.ts";
import { documentOf, findingsOf } from "./script-form.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** What stands in the form, to go through; only while nothing is wrong with it. */
export function PreviewSection({ model }: { model: ScriptModel }) {
	const form = model.details.form.value;
	const preview = useMemo(() => {
		const document = form && documentOf(form);
		const isWhole = document && !findingsOf(document).some(({ isFault }) => isFault);
		return isWhole ? new Preview(document) : undefined;
	}, [form]);
	if (!preview) return null;
	const page = preview.document.pages.find(({ id }) => id === preview.pageId.value);
	return (
		<Section title={t("preview")} hint={t("previewHint")}>
			<div class="script-part ui-stack">
				{page && <strong>{page.name}</strong>}
				{page && <Part preview={preview} of={page.root} />}
			</div>
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

function Part({ preview, of }: { preview: Preview; of: ScriptComponent }) {
	if (!preview.isShown(of.visibleIf)) return null;
	if ("variable" in of) return <Input preview={preview} of={of} />;
	switch (of.kind) {
		case "container":
			return (
				<div class={of.layout === "row" ? "ui-row" : "ui-stack"}>
					{of.children.map((child) => (
						<Part key={child.id} preview={preview} of={child} />
					))}
				</div>
			);
		case "text":
			return <p style="white-space: pre-line">{interpolate(of.text, preview.lookup)}</p>;
		case "button":
			return <Button onClick={() => void preview.press(of.steps)}>{interpolate(of.label, preview.lookup)}</Button>;
		case "divider":
			return <hr />;
		default:
			return <p class="ui-muted">{t(`k_${of.kind}`)}</p>;
	}
}

function Input({ preview, of }: { preview: Preview; of: InputComponent }) {
	const value = preview.values.value[of.variable] ?? null;
	const label = interpolate(of.label, preview.lookup);
	const take = (given: string | boolean) => void preview.change(of.variable, given === "" ? null : given);
	if (of.kind === "checkbox") return <Checkbox label={label} checked={value === true} onChange={take} />;
	if ("options" in of) {
		const options = of.options.map((one) => ({ value: one.value, text: one.label }));
		return (
			<Select
				label={label}
				value={textOf(value)}
				options={[{ value: "", text: t("choose") }, ...options]}
				onChange={take}
			/>
		);
	}
	const type = of.kind === "numberInput" ? "number" : of.kind === "dateInput" ? "date" : "text";
	return <TextField label={label} type={type} value={textOf(value)} onInput={take} />;
}
