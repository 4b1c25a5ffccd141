import "./pad-keys.css";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const letters: Record<string, string> = {
	2: "ABC",
	3: "DEF",
	4: "GHI",
	5: "JKL",
	6: "MNO",
	7: "PQRS",
	8: "TUV",
	9: "WXYZ",
	0: "+",
};

/** The twelve keys of a telephone, which stand from left to right wherever one reads. */
export function PadKeys({ onPress }: { onPress: (key: string) => void }) {
	return (
		<div class="pad-keys" dir="ltr">
			{keys.map((key) => (
				<button key={key} type="button" class="pad-key" data-digit={key} onClick={() => onPress(key)}>
					<span class="ui-number">{key}</span>
					<small aria-hidden="true">{letters[key] ?? " "}</small>
				</button>
			))}
		</div>
	);
}
