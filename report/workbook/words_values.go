package workbook

import (
	"bytes"
	"strings"
)

// set is a set of folded words.
type set map[string]bool

func setOf(lists ...[]string) set {
	s := set{}
	for _, list := range lists {
		for _, w := range list {
			s[w] = true
		}
	}
	return s
}

// missingWords stand in cells that were left out (METHOD 0.2).
var missingWords = setOf(words("yok,bilmiyorum,нет ответа,не знаю,нет данных,затрудняюсь ответить,لا أعرف,לא יודע,vet ej,vet inte,ved ikke,n a,na,nan,null,none,nil,missing,not applicable,not available,not rated,not answered,no answer,no opinion,unknown,don t know,dont know,do not know,dk,d k,no response,not used,not sure,tbd," +
	"k a,ka,keine angabe,keine antwort,weiss nicht,weiss ich nicht,nicht bewertet,entfallt,unbekannt,nicht zutreffend,nr,n r,nc,n c,ns nc,ns nr,n d,nd,sans reponse,sans objet,ne sait pas,non renseigne,sin respuesta,no sabe,no contesta,no aplica,sin datos," +
	"non risponde,non so,non applicabile,non disponibile,nao sabe,sem resposta,nao se aplica,n v t,nvt,weet niet,weet ik niet,geen antwoord,geen mening,onbekend,无,未知,不知道,不适用,未评价,未回答,不明,無回答,わからない,分からない,該当なし,なし,未回答,brak,brak danych,nie wiem,nie dotyczy,b d,vet ej,ved ikke"))

// missingText reports whether a text says that nothing was given.
func missingText(text string) bool {
	t := strings.TrimSpace(text)
	if t == "" {
		return true
	}
	if strings.Trim(t, "-–—−_./*?·…") == "" {
		return true
	}
	return len(t) <= 40 && missingWords.holds(t)
}

// totalWords begin rows that are not customers.
var totalWords = words("toplam,genel toplam,ara toplam,ortalama,الإجمالي,المجموع,المتوسط,סהכ,ממוצע,total,totals,grand total,sub total,subtotal,sum,overall,average,averages,avg,mean,means,median,minimum,maximum,min,max,count,std dev,stdev,standard deviation,std,std deviation,st dev,stddev,standard error,variance,average rating,mean rating,varianz,varianza,variancia,all customers,average score,mean score," +
	"summe,gesamt,gesamtsumme,gesamtergebnis,insgesamt,zwischensumme,durchschnitt,mittelwert,mittel,schnitt,anzahl,standardabweichung,total general,totaux,sous total,somme,moyenne,mediane,ecart type,ensemble," +
	"suma,suma total,promedio,media,mediana,desviacion estandar,totale,totale generale,totale complessivo,subtotale,somma,deviazione standard,total geral,soma,desvio padrao,totaal,subtotaal,eindtotaal,som,gemiddelde,gemiddeld,mediaan," +
	"合计,总计,小计,总和,平均,平均值,平均分,均值,中位数,合計,総計,小計,平均値,中央値,標準偏差,razem,lacznie,srednia,suma koncowa,mediana,totalt,snitt,gjennomsnitt,gennemsnit,medel,medelvarde,итого,всего,среднее")

var totalSet = setOf(totalWords)

// totalLabel reports whether a label says that the row sums up others.
func totalLabel(label string) bool { return totalSet.holds(label) }

// A totalWord is what a label says of a row that may sum up others.
type totalWord struct {
	label, starts, ends bool // as totalLabel, totalStart and totalEnd say
	n                   bool // it is the sign for a number of rows
}

// totalIn returns what a label says; of most it takes one look.
func totalIn(label string) totalWord {
	var f folded
	if !f.set(label) || bytes.IndexByte(f.bytes[:f.length], ' ') >= 0 {
		return totalWord{totalLabel(label), totalStart(label), totalEnd(label), fold(label) == "n"}
	}
	word := f.bytes[:f.length]
	is := totalSet[string(word)]
	return totalWord{label: is, starts: is, n: string(word) == "n"}
}

// totalStart reports whether a label begins with a word for a total, such as
// "Total (n = 6)"; the arithmetic decides then.
func totalStart(label string) bool { return beginsWith(label, totalWords, totalSet) }

// totalEnd reports whether a label ends with a word for a total, such as "North total"; the arithmetic decides then.
func totalEnd(label string) bool { return closesWith(label, totalWords, totalSet) }

// vagueAmounts are headers that can stand over the revenue of a customer and over much else.
var vagueAmounts = setOf(words("valor,total,amount,montant,importe,monto,importo,betrag,bedrag,kwota,ca,金額,金额"))

// purchaseNumbers name columns that number purchases.
var purchaseNumbers = words("vbeln,belnr,belegfeld 1,fatura no,siparis no,номер заказа,номер счета,رقم الطلب,מספר הזמנה,transaction id,transaction no,transaction number,transactionid,order id,order no,order number,orderid,invoice id,invoice no,invoice number,receipt no,purchase id,bestellnummer,bestell nr,auftragsnummer,rechnungsnummer,rechnungsnr,belegnummer,transaktions id,transaktionsnummer," +
	"numero de commande,no commande,numero de facture,id commande,id transaction,id transaccion,numero de pedido,id pedido,numero de factura,id transazione,numero ordine,numero fattura,id transacao,id da transacao,numero do pedido,id do pedido,ordernummer,factuurnummer,bestelnummer,订单号,订单编号,交易编号,发票号,注文番号,取引id,取引番号,伝票番号,numer zamowienia,numer faktury")

// summaryWords name columns that sum up the others, criteriaWords stand over columns that are rated, and
// comparisonWords name sheets that compare offers.
var (
	summaryWords    = words("rank,ranking,total score,weighted score,weighted total,overall score,overall rating,final score,score total,sum of scores,rang,rangfolge,platz,gesamtpunkte,gesamtnote,gesamtpunktzahl,classement,score pondere,puntaje total,clasificacion,classifica,punteggio totale,classificacao,pontuacao total,totaalscore,rangorde,总分,排名,名次,加权得分,総合点,順位,合計点,suma punktow,score")
	criteriaWords   = words("criteria,criterion,evaluation criteria,selection criteria,kriterien,bewertungskriterien,criteres,criterios,criterios de evaluacion,criteri,criteria beoordeling,评价指标,评估标准,指标,評価項目,評価基準,kryteria")
	comparisonWords = words("decision matrix,decision,matrix,scorecard,comparison,evaluation,supplier comparison,vendor comparison,offers,vergleich,angebotsvergleich,nutzwertanalyse,lieferantenbewertung,comparaison,comparatif,comparacion,comparativo,confronto,comparativa,vergelijking,比较,对比,评分表,比較,評価表,porownanie")
)

// Labels of rows under the header that describe the columns.
const (
	rowWeight     = "weight"
	rowImportance = "importance"
	rowScale      = "scale"
	rowScaleLo    = "scale_min"
	rowScaleHi    = "scale_max"
	rowDirection  = "direction"
	rowSide       = "side"
	rowGroup      = "group"
	rowUnit       = "unit"
	rowTangible   = "tangible"
)

// ownWords name our own offer.
var ownWords = setOf(words("us,our,ours,own,we,our company,our offer,our product,ourselves,own company,own offer,wir,uns,unser,unsere,eigene,eigenes,eigenes unternehmen,unser angebot,nous,notre,notre offre,notre entreprise,nosotros,nuestra,nuestro,nuestra empresa,nuestra oferta," +
	"noi,nostro,nostra,la nostra azienda,nos,nosso,nossa,nossa empresa,wij,ons,onze,eigen,ons bedrijf,我们,我方,本公司,我司,自社,当社,弊社,my,nasz,nasza,nasza firma,vi,var,vart,oss"))

// yesWords and noWords answer a question.
var (
	yesWords = setOf(words("y,yes,true,1,x,ja,j,wahr,oui,o,vrai,si,s,verdadero,vero,sim,verdadeiro,waar,是,有,はい,tak,t,prawda"))
	noWords  = setOf(words("n,no,false,0,nein,falsch,non,faux,falso,nao,nee,onwaar,否,没有,无,いいえ,nie,falsz"))
)

// downWords and upWords say what a high rating means.
var (
	downWords = setOf(words("down,descending,desc,negative,inverse,inverted,reversed,reverse,fallend,absteigend,negativ,umgekehrt,bas,baisse,descendant,inverse,abajo,descendente,inverso,giu,decrescente,para baixo,omlaag,dalend,下,反向,负向,逆,w dol,d"))
	upWords   = setOf(words("up,ascending,asc,positive,normal,steigend,aufsteigend,positiv,haut,hausse,ascendant,arriba,ascendente,su,crescente,para cima,omhoog,stijgend,上,正向,w gore,u"))
	lowGood   = setOf(words("lower is better,low is better,low is good,lower better,min,minimise,minimize,minimieren,niedriger ist besser,niedrig ist gut,minimiser,minimizar,minimizzare,越低越好,小さいほど良い"))
	highGood  = setOf(words("higher is better,high is better,high is good,higher better,max,maximise,maximize,maximieren,hoher ist besser,hoch ist gut,maximiser,maximizar,massimizzare,越高越好,大きいほど良い"))
)

// sheetWords are names of sheets by the role of their table.
var sheetWords = map[string]set{
	"parameters":   setOf(words("parameters,parameter,settings,einstellungen,parametres,parametros,parametri,configuration,instellingen,参数,设置,設定,パラメータ")),
	"attributes":   setOf(words("attributes,attribute,criteria,attribut,merkmale,kriterien,attributs,criteres,atributos,criterios,attributi,criteri,attributen,属性,指标,評価項目")),
	"ratings":      setOf(words("ratings,rating,bewertungen,notes clients,valoraciones,valutazioni,avaliacoes,beoordelingen,评分,評価")),
	"match":        setOf(words("match,fit,strategic match,strategic fit,匹配,战略匹配")),
	"value_score":  setOf(words("valuescore,value score,value scores,firm value,kundenwert,价值评分")),
	"overall":      setOf(words("overall,gesamturteil,global,总体")),
	"transactions": setOf(words("transactions,transaction,purchases,orders,sales,invoices,order list,purchase list,transaktionen,bestellungen,kaufe,einkaufe,rechnungen,verkaufe,commandes,achats,ventes,factures,transacciones,compras,pedidos,ventas,facturas,transazioni,acquisti,ordini,vendite,fatture,transacoes,vendas,transacties,bestellingen,aankopen,facturen,交易,交易记录,订单,购买记录,取引,購入履歴,注文,売上明細,transakcje,zamowienia,zakupy")),
	"contracts":    setOf(words("contracts,contract events,subscriptions,vertrage,vertragsereignisse,abonnements,contrats,contratos,suscripciones,contratti,abbonamenti,assinaturas,contracten,umowy,合同,契約")),
	"cohorts":      setOf(words("cohorts,cohort,cohort analysis,retention,survival,kohorten,kohortenanalyse,cohortes,retencion,coorti,coortes,cohorten,kohorty,同期群,留存,コホート")),
	"verbatims":    setOf(words("verbatims,verbatim,comments,feedback,voice of the customer,voc,kommentare,kundenstimmen,commentaires,comentarios,commenti,opmerkingen,komentarze,评论,反馈,コメント,お客様の声")),
	"activities":   setOf(words("activities,activity,process steps,processes,aktivitaten,prozesse,prozessschritte,activites,processus,actividades,procesos,attivita,processi,atividades,processos,activiteiten,processen,czynnosci,procesy,活动,流程,活動,業務")),
	"recipients":   setOf(words("recipients,recipient,recipient list,distribution,distribution list,mailing list,send to,empfanger,empfangerliste,verteiler,mailverteiler,verteilerliste,destinataires,liste de diffusion,destinatarios,destinatari,ontvangers,odbiorcy,收件人,宛先,受信者")),
	"instructions": setOf(words("instructions,readme,read me,notes,anleitung,hinweise,lists,help,about,legend,legende,mode d emploi,instrucciones,istruzioni,instrucoes,uitleg,说明,使い方")),
}
