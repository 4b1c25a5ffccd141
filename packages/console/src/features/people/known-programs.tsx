import { Banner, Button } from "@inlay/ui";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { KnownClient } from "../../session/wire.ts";
import { CopyField } from "../../shell/copy-field.tsx";
import { Failure } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { t as ofClient } from "../clients/strings.ts";
import type { PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

interface Props {
	model: PersonModel;
	name: string;
	/** Only those that hold what the person does not, who goes on working here. */
	stronger?: boolean;
}

/**
 * The programs whose secret the person knows, who could act as them, with what ends that: nothing where there are none, or
 * one may not see.
 */
export function KnownPrograms({ model: { programs, roles }, name, stronger = false }: Props) {
	const held = roles.facts.state.value;
	// What the person holds has changed, and with it which programs hold more.
	useEffect(() => void programs.known.load(), [programs, held]);
	useUnsaved(() => programs.secrets.peek().length > 0);
	const place = useRef<HTMLDivElement>(null);
	const secrets = programs.secrets.value;
	const shown = stronger ? programs.stronger : (programs.known.value ?? []);
	if (shown.length + secrets.length === 0) return null;
	return (
		<div ref={place} class="ui-stack" tabIndex={-1}>
			{shown.length > 0 && (
				<Banner tone="warn">
					{t(stronger ? "programsBeyond" : "programs", { name })}
					<ul class="plain-list">
						{shown.map((program) => (
							<Program key={program.id} model={programs} program={program} onDone={() => place.current?.focus()} />
						))}
					</ul>
					<Failure error={programs.changing.error.value} />
				</Banner>
			)}
			{secrets.map(({ id, name: program, secret }) => (
				<div key={`${id} ${secret}`}>
					<p>{t("newSecretOf", { program })}</p>
					<CopyField label={t("secretOf", { program })} value={secret} />
				</div>
			))}
		</div>
	);
}

type Wish = "renew" | "disable";

interface ProgramProps {
	model: PersonModel["programs"];
	program: KnownClient;
	/** The row's buttons are others now, or gone: whoever works with the keyboard goes on beside them. */
	onDone: () => void;
}

function Program({ model, program, onDone }: ProgramProps) {
	const [asking, setAsking] = useState<Wish | undefined>(undefined);
	const done = () => {
		setAsking(undefined);
		onDone();
	};
	const lack = useLack(needs.editClient);
	return (
		<li>
			<a href={hrefOf({ screen: "client", id: program.id })}>{program.name}</a>
			{!lack && !asking && (
				<div class="row-end">
					<Button
						size="small"
						aria-label={t("renewSecretNamed", { program: program.name })}
						onClick={() => setAsking("renew")}
					>
						{ofClient("renew")}
					</Button>
					<Button
						size="small"
						aria-label={t("disableProgramNamed", { program: program.name })}
						onClick={() => setAsking("disable")}
					>
						{ofClient("disable")}
					</Button>
				</div>
			)}
			{asking && <Sure model={model} program={program} wish={asking} onDone={done} />}
		</li>
	);
}

/** Either stops a program that others rely on, so it is asked once more, on the spot. */
function Sure({ model, program, wish, onDone }: ProgramProps & { wish: Wish }) {
	const text = useId();
	const row = useRef<HTMLDivElement>(null);
	useEffect(() => row.current?.querySelector("button")?.focus(), []);
	const go = async () => {
		await (wish === "renew" ? model.renewSecret(program) : model.disable(program));
		onDone();
	};
	return (
		<div ref={row} class="ui-stack">
			<p id={text}>{wish === "renew" ? ofClient("renewText") : t("disableProgramText")}</p>
			<div class="row-end">
				<Button size="small" aria-describedby={text} onClick={onDone}>
					{shared("cancel")}
				</Button>
				<Button size="small" kind="bad" busy={model.changing.busy.value} onClick={() => void go()}>
					{ofClient(wish === "renew" ? "renew" : "disable")}
				</Button>
			</div>
		</div>
	);
}
