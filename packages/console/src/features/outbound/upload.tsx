import "./upload.css";
import { Button, Select } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../session/api.ts";
import { needs } from "../../session/needs.ts";
import { type Encoding, encodings, keepAsFile } from "../../shell/csv.ts";
import { failureText } from "../../shell/failure.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { type CsvHead, headOf } from "./csv-head.ts";
import { EntriesList } from "./entries-list.tsx";
import { refusedCsv } from "./refused-csv.ts";
import { t } from "./strings.ts";
import type { ImportStatus, OutboundThingModel } from "./thing-model.ts";

/** Contacts come into a list by the file. */
export function Upload({ model }: { model: OutboundThingModel }) {
	const size = model.details.base.value?.size ?? 0;
	const status = model.upload.value;
	const isReading = status?.state === "IN_PROGRESS";
	useEffect(() => (isReading ? model.follow() : undefined), [isReading]);
	return (
		<Section title={t("contacts")}>
			<p class="ui-muted">{t("size", { size: String(size) })}</p>
			{model.may(needs.addContacts) && <FileForm model={model} isReading={isReading} />}
			<Failure error={model.acting.error.value} text={uploadFailure(model.acting.error.value, model)} />
			{status && <Imported status={status} />}
			{model.entries && <EntriesList model={model} entries={model.entries} />}
		</Section>
	);
}

function FileForm({ model, isReading }: { model: OutboundThingModel; isReading: boolean }) {
	const [file, setFile] = useState<File>();
	const [mode, setMode] = useState("append");
	const [encoding, setEncoding] = useState<Encoding>("utf-8");
	const [head, setHead] = useState<CsvHead>();
	const [asking, setAsking] = useState(false);
	useEffect(() => {
		let isOld = false;
		setHead(undefined);
		if (file)
			void headOf(file, encoding).then((found) => {
				if (!isOld) setHead(found);
			});
		return () => {
			isOld = true;
		};
	}, [file, encoding]);
	const send = () => void (file && model.send(file, { mode, encoding }));
	return (
		<div class="ui-stack">
			<label class="ui-stack">
				{t("file")}
				<input
					type="file"
					accept=".csv,.txt,text/csv"
					data-contacts-file
					onChange={(event) => setFile(event.currentTarget.files?.[0])}
				/>
			</label>
			<Select
				label={t("encoding")}
				value={encoding}
				options={encodings.map((value) => ({ value, text: t(value) }))}
				error={head && !head.isReadable ? t("encodingProblem") : undefined}
				onChange={(value) => setEncoding(value as Encoding)}
			/>
			{head && <Head head={head} />}
			<Select
				label={t("mode")}
				value={mode}
				options={modesOf(model).map((value) => ({ value, text: t(value) }))}
				onChange={setMode}
			/>
			<div class="form-actions">
				<Button
					busy={model.acting.busy.value || isReading}
					disabled={!file}
					data-contacts-upload
					onClick={() => (mode === "replace" ? setAsking(true) : send())}
				>
					{t("upload")}
				</Button>
			</div>
			{asking && (
				<Confirm
					title={t("replaceTitle")}
					text={t("replaceText", { size: String(model.details.base.value?.size ?? 0) })}
					action={t("replace")}
					task={model.acting}
					onClose={() => setAsking(false)}
					onConfirm={() => {
						setAsking(false);
						send();
					}}
				>
					<Load from={model.callers}>
						{(names) => (names.length > 0 ? <p>{t("replaceRunning", { campaigns: names.join(", ") })}</p> : null)}
					</Load>
				</Confirm>
			)}
		</div>
	);
}

/** As the server judges it: a file changes and deletes only for whoever may do that one by one. */
function modesOf(model: OutboundThingModel): Array<"append" | "update" | "replace"> {
	if (!model.may(needs.editContacts)) return ["append"];
	return model.may(needs.deleteContacts) ? ["append", "update", "replace"] : ["append", "update"];
}

function Head({ head: { rows } }: { head: CsvHead }) {
	const [names = [], ...others] = rows;
	return (
		<div class="csv-head">
			<table>
				<caption>{t("firstRows")}</caption>
				<thead>
					<tr>
						{names.map((name) => (
							<th key={name} scope="col">
								<bdi>{name}</bdi>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{others.map((row) => (
						<tr key={row.join("\t")}>
							{row.map((value, at) => (
								<td key={`${names[at]} ${at}`}>
									<bdi>{value}</bdi>
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** Why nothing of a file was taken. */
function uploadFailure(error: ApiError | undefined, model: OutboundThingModel): string | undefined {
	if (!error) return undefined;
	const columns = ((model.details.base.value?.columnNames ?? []) as string[]).join(", ");
	if (error.code === "csv.encoding") return t("encodingProblem");
	if (error.code === "csv.columns") return t("csvColumns", { columns });
	if (error.code === "csv.empty") return t("csvEmpty");
	if (error.code === "csv.quotes") return t("csvQuotes", { row: /\d+/.exec(error.message)?.[0] ?? "?" });
	return error.code === "outbound.import.running" ? t("importRunning") : failureText(error);
}

function Imported({ status }: { status: ImportStatus }) {
	if (status.state === "IN_PROGRESS")
		return <p role="status">{t("importing", { percent: String(status.percentComplete) })}</p>;
	const refused = status.inlayErrors ?? [];
	return (
		<div role="status">
			{status.state === "FAILED" && <p>{t("importStopped")}</p>}
			<p>
				{t("imported", { taken: String(status.completedRecords), refused: String(status.inlayRefusedRecords ?? 0) })}
			</p>
			<ul>
				{refused.slice(0, 100).map(({ row, field, value, code }) => (
					<li key={row}>
						{t("refusedRow", { row: String(row), field, value })} · {reasonOf(code)}
					</li>
				))}
			</ul>
			{refused.length > 0 && (
				<Button data-refused-csv onClick={() => keepAsFile("refused.csv", refusedCsv(refused, reasonOf))}>
					{t("downloadRefused")}
				</Button>
			)}
		</div>
	);
}

const reasons = ["number.invalid", "columns.wrong", "key.missing", "key.twice", "value.long", "zone.unknown"] as const;

function reasonOf(code: string): string {
	const known = reasons.find((one) => one === code);
	return known ? t(known) : code;
}
