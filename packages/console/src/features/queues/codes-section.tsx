import { Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Paged } from "../../session/paged.ts";
import type { Need } from "../../session/rights.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Lack } from "../../shell/rights.tsx";
import type { WrapupCode } from "../wrapup-codes/code.ts";
import type { QueueCodes } from "./queue-codes.ts";
import { t } from "./strings.ts";

interface Props {
	codes: QueueCodes;
	/** What keeps one from changing the queue. */
	lack: Need | undefined;
}

/** What agents choose from after an interaction of the queue. */
export function CodesSection({ codes, lack }: Props) {
	return (
		<Section title={t("codes")} hint={t("codesHint")}>
			<Failure error={codes.changing.error.value} />
			<Load from={codes.own}>
				{(own) =>
					own.length === 0 ? (
						<p class="ui-muted">{t("noCode")}</p>
					) : (
						<ul class="rows">
							{own.map((code) => (
								<Row key={code.id} codes={codes} code={code} mayChange={!lack} />
							))}
						</ul>
					)
				}
			</Load>
			<Lack lack={lack} what="Changing" />
			{!lack && codes.all && <Give codes={codes} all={codes.all} />}
		</Section>
	);
}

function Row({ codes, code: { id, name }, mayChange }: { codes: QueueCodes; code: WrapupCode; mayChange: boolean }) {
	return (
		<li>
			<div class="row-main">
				<bdi>{name}</bdi>
			</div>
			{mayChange && (
				<Button
					size="small"
					aria-label={t("takeCodeNamed", { name })}
					busy={codes.changing.busy.value}
					onClick={async () => {
						if (await codes.take(id)) tell(t("codeTaken", { name }));
					}}
				>
					{t("takeCode")}
				</Button>
			)}
		</li>
	);
}

function Give({ codes, all }: { codes: QueueCodes; all: Paged<WrapupCode> }) {
	const [chosen, setChosen] = useState<WrapupCode | undefined>(undefined);
	return (
		<div class="ui-stack">
			<Picker
				list={all}
				label={t("addCode")}
				searchLabel={t("searchCodes")}
				none={t("chooseCode")}
				chosen={chosen}
				textOf={({ name }) => name}
				onChoose={setChosen}
				isIn={({ id }) => codes.own.value?.some((one) => one.id === id) ?? false}
			/>
			<div class="form-actions">
				<Button
					disabled={!chosen}
					busy={codes.changing.busy.value}
					onClick={async () => {
						if (!chosen || !(await codes.give(chosen.id))) return;
						tell(t("codeGiven", { name: chosen.name }));
						setChosen(undefined);
					}}
				>
					{t("giveCode")}
				</Button>
			</div>
		</div>
	);
}
