import type { Heads, Qualifiers } from './phrases.ts'

const adjective = '(?:profund[oa]s?|honda?|gran|grave|graves|seria|suma|firme|pleno|enérgica|enérgico|especial|particular|sincero|sincera|decidido|resuelto|inquebrantable|continuo|constante|muy seria|muy profunda|más graves?|renovada|creciente)'
const feeling = '(?:preocupación|preocupaciones|aprecio|reconocimiento|satisfacción|pesar|alarma|gratitud|interés|aflicción|indignación|solidaridad|agradecimiento|apoyo|esperanza)'
const stance = '(?:compromiso|adhesión|determinación|convicción|convencimiento|condena|intención|voluntad|exhortación|exhortaciones|llamamiento|llamamientos|solicitud|solicitudes|pedido|petición|invitación|exigencia|oposición|aprobación|decisión)'
const again = '(?:también|además|nuevamente|de nuevo|una vez más|todavía|igualmente)'

const stating = (verbs: string): string =>
  `(?:${verbs})(?:\\s+${again})?\\s+(?:(?:su|sus|la|las|un)\\s+)?(?:${adjective}\\s+){0,2}(?:${feeling}|${stance})(?:\\s+(?:inquebrantable|inequívoco|anteriores))?(?:\\s+y\\s+${feeling})?`
const being = '(?:preocupad[oa]|alarmad[oa]|consternad[oa]|convencid[oa]|decepcionad[oa])'

export const esHeads: Heads = {
  before: ['profundamente', 'gravemente', 'seriamente', 'sumamente', 'firmemente', 'particularmente', 'siguiendo', 'sigue', 'también', 'además', 'una vez más'],
  pp: [
    stating('expresando|reiterando|reafirmando|renovando|afirmando|confirmando|subrayando|compartiendo'),
    being, 'acogiendo con (?:beneplácito|aprecio|satisfacción|reconocimiento)', 'actuando', 'afirmando', 'aguardando con interés', 'alentad[oa]', 'alentando', 'apoyando', 'apreciando', 'celebrando', 'comprendiendo',
    'comprometid[oa]', 'comprometiéndose', 'condenando', 'confiando', 'confirmando', 'conmemorando', 'conocedor[a]?', 'consciente', 'considerando', 'creyendo', 'decidid[oa]', 'deplorando', 'deseando', 'deseos[oa]', 'destacando',
    'determinad[oa]', 'encomiando', 'exhortando', 'exigiendo', 'expresando', 'felicitando', 'guiad[oa]', 'habiendo (?:examinado|considerado|determinado|recibido|escuchado|efectuado|tomado nota|oído)', 'haciendo notar', 'haciendo referencia',
    'haciendo suy[oa]s?', 'haciéndose eco', 'honrando', 'inspirad[oa]', 'instando', 'invitando', 'lamentando', 'manteniendo', 'observando', 'pidiendo', 'poniendo de relieve', 'reafirmando', 'recalcando', 'rechazando', 'reconociendo', 'recordando',
    'reiterando', 'renovando', 'resaltando', 'respaldando', 'respondiendo', 'resuelt[oa]', 'rindiendo homenaje', 'rindiendo', 'señalando', 'subrayando', 'teniendo presentes?', 'teniendo en cuenta', 'teniendo en consideración', 'tomando en consideración', 'tomando (?:buena |debida )?nota', 'partiendo', 'elogiando', 'entendiendo', 'previendo', 'solicitando', 'tomando en cuenta',
  ],
  op: [
    stating('expresa|reitera|reafirma|renueva|afirma|confirma|subraya|destaca|recalca|declara|pone de relieve'),
    being, 'acoge con (?:beneplácito|aprecio|satisfacción|reconocimiento)', 'aclara', 'adopta', 'afirma', 'aguarda con interés', 'alienta', 'aprecia', 'aprueba', 'apoya', 'autoriza', 'celebra', 'comprende', 'condena', 'confirma', 'consigna', 'considera',
    'conviene', 'decide', 'declara', 'deplora', 'destaca', 'determina', 'encarga', 'encomia', 'encomienda', 'establece', 'exhorta', 'exige', 'expresa la (?:esperanza|opinión|necesidad)', 'expresa', 'felicita', 'hace notar', 'hace suy[oa]s?', 'hace un (?:encarecido )?llamamiento',
    'insta', 'invita', 'lamenta', 'mantiene', 'observa', 'pide', 'pone de relieve', 'proclama', 'propone', 'prorroga', 'reafirma', 'recalca', 'rechaza', 'recomienda', 'reconfirma', 'reconoce', 'recuerda', 'reitera', 'renueva', 'requiere', 'resalta', 'respeta', 'resuelve', 'rinde homenaje',
    'se compromete', 'se opone', 'señala a la atención', 'señala', 'sigue (?:alentando|instando|acogiendo con beneplácito|condenando|reconociendo|destacando)', 'solicita', 'sostiene', 'subraya', 'suscribe', 'tiene en cuenta', 'tiene presentes?', 'toma (?:buena|debida) nota', 'valora', 'espera', 'sugiere', 'remite', 'saluda', 'aplaude', 'denuncia', 'toma nota', 'vuelve a (?:condenar|pedir|instar)', 'designa', 'agradece', 'respalda',
  ],
}

const shared = [
  'también', 'además', 'nuevamente', 'de nuevo', 'una vez más', 'todavía', 'igualmente', 'enérgicamente', 'encarecidamente', 'firmemente', 'profundamente', 'plenamente', 'inequívocamente', 'especialmente',
  'a este respecto', 'a ese respecto', 'en particular', 'sin reservas', 'en los términos más enérgicos(?: posibles)?', 'de forma inequívoca',
  `con\\s+(?:${adjective}\\s+){0,2}${feeling}(?:\\s+y\\s+${feeling})?`,
]

export const esQualifiers: Qualifiers = { pp: shared, op: shared }
