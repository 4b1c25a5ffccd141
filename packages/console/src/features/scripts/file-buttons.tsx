import { Button } from "@inlay/ui";
import { useRef, useState } from "preact/hooks";
import { keepAsFile } from "../../shell/csv.ts";
import { tell } from "../../shell/notice.ts";
import type { Desk } from "./desk.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";

/** The script as a file, and a file as the script: into the form, where it is checked and saved. */
export function FileButtons({ model, desk }: { model: ScriptModel; desk: Desk }) {
	const input = useRef<HTMLInputElement>(null);
	const [isBad, setBad] = useState(false);
	const name = model.details.form.value?.name ?? "";
	const keep = () =>
		keepAsFile(
			`${name || "script"}.json`,
			JSON.stringify({ name, document: desk.document }, null, 2),
			"application/json",
		);
	const take = async (file: File | undefined) => {
		if (!file) return;
		const isTaken = model.take(await file.text());
		setBad(!isTaken);
		if (isTaken) tell(t("imported"), "info");
	};
	return (
		<div class="ui-row">
			<Button onClick={keep}>{t("exportFile")}</Button>
			<Button onClick={() => input.current?.click()}>{t("importFile")}</Button>
			<input
				ref={input}
				type="file"
				accept=".json,application/json"
				hidden
				aria-label={t("importFile")}
				onChange={(event) => {
					void take(event.currentTarget.files?.[0]);
					event.currentTarget.value = "";
				}}
			/>
			{isBad && (
				<p class="ui-error" role="alert">
					{t("importBad")}
				</p>
			)}
		</div>
	);
}
