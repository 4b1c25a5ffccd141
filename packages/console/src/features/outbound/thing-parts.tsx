import { Button, Select, TextArea } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { t } from "./strings.ts";
import type { ImportStatus, OutboundThingModel } from "./thing-model.ts";

/** Contacts come into a list by the file. */
export function Upload({ model }: { model: OutboundThingModel }) {
	const [file, setFile] = useState<File>();
	const [mode, setMode] = useState("append");
	const size = model.details.base.value?.size ?? 0;
	const status = model.upload.value;
	return (
		<Section title={t("contacts")}>
			<p class="ui-muted">{t("size", { size: String(size) })}</p>
			{model.may(needs.addContacts) && (
				<div class="ui-stack">
					<label class="ui-stack">
						{t("file")}
						<input
							type="file"
							accept=".csv,text/csv"
							data-contacts-file
							onChange={(event) => setFile(event.currentTarget.files?.[0])}
						/>
					</label>
					<Select
						label={t("mode")}
						value={mode}
						options={(["append", "update", "replace"] as const).map((value) => ({ value, text: t(value) }))}
						onChange={setMode}
					/>
					<div class="form-actions">
						<Button
							busy={model.acting.busy.value}
							disabled={!file}
							onClick={() => void (file && model.send(file, mode))}
						>
							{t("upload")}
						</Button>
					</div>
				</div>
			)}
			<Failure error={model.acting.error.value} />
			{status && <Imported status={status} />}
		</Section>
	);
}

function Imported({ status }: { status: ImportStatus }) {
	if (status.state === "IN_PROGRESS")
		return <p role="status">{t("importing", { percent: String(status.percentComplete) })}</p>;
	return (
		<div role="status">
			<p>
				{t("imported", { taken: String(status.completedRecords), refused: String(status.inlayRefusedRecords ?? 0) })}
			</p>
			<ul>
				{status.inlayErrors?.slice(0, 100).map(({ row, field, value, code }) => (
					<li key={row}>
						{t("refusedRow", { row: String(row), field, value })} · {reasonOf(code)}
					</li>
				))}
			</ul>
		</div>
	);
}

const reasons = ["number.invalid", "columns.wrong", "key.missing", "key.twice", "value.long", "zone.unknown"] as const;

function reasonOf(code: string): string {
	const known = reasons.find((one) => one === code);
	return known ? t(known) : code;
}

/** Numbers go onto a DNC list. */
export function Numbers({ model }: { model: OutboundThingModel }) {
	const [lines, setLines] = useState("");
	const size = model.details.base.value?.size ?? 0;
	const add = async () => {
		if (!(await model.addNumbers(lines))) return;
		setLines("");
		tell(t("numbersAdded"));
	};
	return (
		<Section title={t("dncLists")}>
			<p class="ui-muted">{t("size", { size: String(size) })}</p>
			{model.may(needs.addToDnc) && (
				<div class="ui-stack">
					<TextArea label={t("numbers")} value={lines} onInput={setLines} />
					<div class="form-actions">
						<Button busy={model.acting.busy.value} disabled={lines.trim() === ""} onClick={() => void add()}>
							{t("addNumbers")}
						</Button>
					</div>
				</div>
			)}
			<Failure error={model.acting.error.value} />
		</Section>
	);
}
