/**
 * States by the official English short names under which documents of the United Nations list them, and the everyday names
 * by which delegations are called. The 193 Members and the two non-member observer States, in English alphabetical order.
 */

/** Official short name, then other names; those that differ from it in marks and punctuation alone need not be told. */
const table: readonly (readonly [official: string, ...others: readonly string[]])[] = [
  ['Afghanistan'], ['Albania'], ['Algeria'], ['Andorra'], ['Angola'], ['Antigua and Barbuda', 'Antigua'], ['Argentina'], ['Armenia'], ['Australia'], ['Austria'], ['Azerbaijan'],
  ['Bahamas', 'The Bahamas'], ['Bahrain'], ['Bangladesh'], ['Barbados'], ['Belarus'], ['Belgium'], ['Belize'], ['Benin'], ['Bhutan'],
  ['Bolivia (Plurinational State of)', 'Bolivia', 'Plurinational State of Bolivia'], ['Bosnia and Herzegovina', 'Bosnia', 'BiH'], ['Botswana'], ['Brazil'], ['Brunei Darussalam', 'Brunei'], ['Bulgaria'], ['Burkina Faso'], ['Burundi'],
  ['Cabo Verde', 'Cape Verde'], ['Cambodia'], ['Cameroon'], ['Canada'], ['Central African Republic', 'CAR'], ['Chad'], ['Chile'], ['China', 'People’s Republic of China', 'PRC'], ['Colombia'], ['Comoros'], ['Congo', 'Republic of the Congo', 'Congo-Brazzaville'], ['Costa Rica'],
  ['Côte d’Ivoire', 'Ivory Coast'], ['Croatia'], ['Cuba'], ['Cyprus'], ['Czechia', 'Czech Republic'],
  ['Democratic People’s Republic of Korea', 'DPRK', 'North Korea'], ['Democratic Republic of the Congo', 'DRC', 'DR Congo', 'Congo-Kinshasa'], ['Denmark'], ['Djibouti'], ['Dominica'], ['Dominican Republic'],
  ['Ecuador'], ['Egypt'], ['El Salvador'], ['Equatorial Guinea'], ['Eritrea'], ['Estonia'], ['Eswatini', 'Swaziland'], ['Ethiopia'],
  ['Fiji'], ['Finland'], ['France'], ['Gabon'], ['Gambia', 'The Gambia'], ['Georgia'], ['Germany'], ['Ghana'], ['Greece'], ['Grenada'], ['Guatemala'], ['Guinea'], ['Guinea-Bissau'], ['Guyana'],
  ['Haiti'], ['Holy See', 'Vatican', 'The Holy See'], ['Honduras'], ['Hungary'],
  ['Iceland'], ['India'], ['Indonesia'], ['Iran (Islamic Republic of)', 'Iran', 'Islamic Republic of Iran'], ['Iraq'], ['Ireland'], ['Israel'], ['Italy'],
  ['Jamaica'], ['Japan'], ['Jordan'], ['Kazakhstan'], ['Kenya'], ['Kiribati'], ['Kuwait'], ['Kyrgyzstan'],
  ['Lao People’s Democratic Republic', 'Laos', 'Lao PDR'], ['Latvia'], ['Lebanon'], ['Lesotho'], ['Liberia'], ['Libya'], ['Liechtenstein'], ['Lithuania'], ['Luxembourg'],
  ['Madagascar'], ['Malawi'], ['Malaysia'], ['Maldives', 'The Maldives'], ['Mali'], ['Malta'], ['Marshall Islands', 'RMI'], ['Mauritania'], ['Mauritius'], ['Mexico'], ['Micronesia (Federated States of)', 'Micronesia', 'Federated States of Micronesia', 'FSM'],
  ['Monaco'], ['Mongolia'], ['Montenegro'], ['Morocco'], ['Mozambique'], ['Myanmar', 'Burma'],
  ['Namibia'], ['Nauru'], ['Nepal'], ['Netherlands (Kingdom of the)', 'Netherlands', 'The Netherlands', 'Kingdom of the Netherlands', 'Holland'], ['New Zealand', 'NZ'], ['Nicaragua'], ['Niger'], ['Nigeria'], ['North Macedonia'], ['Norway'],
  ['Oman'], ['Pakistan'], ['Palau'], ['Panama'], ['Papua New Guinea', 'PNG'], ['Paraguay'], ['Peru'], ['Philippines', 'The Philippines'], ['Poland'], ['Portugal'],
  ['Qatar'], ['Republic of Korea', 'ROK', 'South Korea'], ['Republic of Moldova', 'Moldova'], ['Romania'], ['Russian Federation', 'Russia'], ['Rwanda'],
  ['Saint Kitts and Nevis', 'St. Kitts and Nevis'], ['Saint Lucia', 'St. Lucia'], ['Saint Vincent and the Grenadines', 'St. Vincent and the Grenadines'], ['Samoa'], ['San Marino'], ['Sao Tome and Principe'], ['Saudi Arabia', 'KSA'], ['Senegal'], ['Serbia'], ['Seychelles'], ['Sierra Leone'],
  ['Singapore'], ['Slovakia', 'Slovak Republic'], ['Slovenia'], ['Solomon Islands'], ['Somalia'], ['South Africa', 'RSA'], ['South Sudan'], ['Spain'], ['Sri Lanka'], ['State of Palestine', 'Palestine'], ['Sudan'], ['Suriname'], ['Sweden'], ['Switzerland'], ['Syrian Arab Republic', 'Syria'],
  ['Tajikistan'], ['Thailand'], ['Timor-Leste', 'East Timor'], ['Togo'], ['Tonga'], ['Trinidad and Tobago', 'Trinidad'], ['Tunisia'], ['Türkiye', 'Turkey'], ['Turkmenistan'], ['Tuvalu'],
  ['Uganda'], ['Ukraine'], ['United Arab Emirates', 'UAE', 'Emirates'], ['United Kingdom of Great Britain and Northern Ireland', 'United Kingdom', 'UK', 'Britain', 'Great Britain'], ['United Republic of Tanzania', 'Tanzania'], ['United States of America', 'United States', 'US', 'USA'], ['Uruguay'], ['Uzbekistan'],
  ['Vanuatu'], ['Venezuela (Bolivarian Republic of)', 'Venezuela', 'Bolivarian Republic of Venezuela'], ['Viet Nam', 'Vietnam'], ['Yemen'], ['Zambia'], ['Zimbabwe'],
]

export const states: readonly string[] = table.map(([official]) => official)

/** Not Members, but States that are observers. */
export const observerStates: readonly string[] = ['Holy See', 'State of Palestine']

/** A name as it is looked up and ordered: letters alone, without their accents; a blank between words. */
export const nameLetters = (name: string): string =>
  name.normalize('NFD').replace(/[\p{M}’'ʼ.]/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase()

/** The official short name by every name that a State is called, as `nameLetters` has it. */
export const knownNames: ReadonlyMap<string, string> = new Map(table.flatMap((names) => names.map((name) => [nameLetters(name), names[0]] as const)))

/** The official short name of a State by whatever name it is called; any other name as it is written. */
export const officialName = (name: string): string => knownNames.get(nameLetters(name)) ?? name.trim()

/** Word for word, as the United Nations lists States: Niger before Nigeria, Côte d’Ivoire after Costa Rica. */
export function byOfficialName(left: string, right: string): number {
  const [first, second] = [nameLetters(left), nameLetters(right)]
  return first < second ? -1 : first > second ? 1 : left < right ? -1 : left > right ? 1 : 0
}
