/** Several of a list, in the order in which they were chosen. */
import type { JSX } from 'preact'
import { Check } from '../../ui/field.tsx'

export interface ChosenProps {
  readonly legend: string
  readonly all: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

export const Chosen = ({ legend, all, chosen, onChange }: ChosenProps): JSX.Element => (
  <fieldset class="chosen">
    <legend>{legend}</legend>
    <div>
      {all.map(({ value, label }) => (
        <Check
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onChange={(checked) => onChange(checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
        />
      ))}
    </div>
  </fieldset>
)
