package workbook

import (
	"strings"
	"unicode/utf8"
)

// stems are beginnings of words, folded. In scripts without spaces a stem may stand anywhere in a word.
type stems []string

func stemsOf(list string) stems { return words(list) }

// in reports whether a word of a folded text begins with one of the stems.
func (s stems) in(folded string) bool {
	padded := " " + folded
	for _, stem := range s {
		if stem[0] >= utf8.RuneSelf {
			if strings.Contains(folded, stem) {
				return true
			}
		} else if strings.Contains(padded, " "+stem) {
			return true
		}
	}
	return false
}

// headerForm is a header as stems are looked for in it.
func headerForm(header string) string {
	return fold(splitCamel(strings.ReplaceAll(header, "_", " ")))
}

// Words in headers over dates: what happened on that day.
var (
	dateWords    = stemsOf("date,dates,datum,fecha,data,dato,dt,day,tag,jour,dia,giorno,dag,dzien,timestamp,datetime,time stamp,日期,日付,时间,年月日,日時,日")
	orderStems   = stemsOf("order,purchas,transact,sale,sold,booking,trade,bestell,kauf,auftrag,verkauf,transakt,commande,achat,vente,pedido,compra,venta,transac,ordine,acquist,vendit,transaz,encomenda,venda,aankoop,bestel,verkoop,zamow,zakup,sprzedaz,transakc,订单,购买,交易,销售,下单,成交,消费,注文,購入,取引,売上,課金,利用,購買,販売,受注")
	invoiceStems = stemsOf("invoice,bill,receipt,document,posting,voucher,rechnung,beleg,buchung,factur,comptab,recibo,documento,emision,emissione,emissao,fattur,fatura,boeking,ksiegow,wystawien,发票,开票,单据,请求,請求,伝票,計上")
	paymentStems = stemsOf("pay,paid,settle,zahlung,bezahl,paiement,regle,pago,pagad,pagam,betal,platnos,zaplac,付款,支付,支払,入金")
	shipStems    = stemsOf("ship,deliver,dispatch,sent,fulfil,receiv,arriv,liefer,versand,livraison,expedi,entreg,envio,consegn,spedizion,recebid,lever,verzend,dostaw,wysyl,发货,交货,送货,出荷,配送,配達,納品,到着")
	createdStems = stemsOf("creat,entered,added,record,import,erstellt,angelegt,erfass,cree,saisi,cread,registr,inserit,criad,aangemaakt,utworz,创建,录入,作成,登録")
	otherStems   = stemsOf("due,birth,born,dob,expir,expiry,valid,updat,modif,chang,last,first,next,start,end,since,join,signup,churn,cancel,return,promis,request,estimat,plan,max,min,fallig,geburt,gultig,gean,letzt,erst,naissance,echeance,derni,premi,vencim,nacim,ultim,prim,scadenz,nascit,verval,geboorte,laatste,urodz,termin,ostatn,到期,出生,生日,最后,最近,首次,期限,誕生,生年月日,最終,初回,更新,解約,退会,入会")
)

// Words in headers over amounts: what is in them.
var (
	netStems      = stemsOf("net,taxable,netto,nett,excl,exc,before tax,without tax,ohne mwst,hors tax,ht,sin iva,senza iva,sem iva,liquid,imponibil,不含税,净额,未税,税抜,税別")
	grossStems    = stemsOf("gross,brutto,incl,inc,with tax,after tax,mit mwst,ttc,con iva,com iva,lord,brut,list,含税,税込")
	noAmountStems = stemsOf("tax,vat,gst,mwst,ust,steuer,tva,taxe,iva,imposta,imposto,btw,podatek,discount,rabatt,nachlass,remise,reduction,descuento,sconto,desconto,korting,rabat,upust,shipping,freight,versand,frais,unit,each,per,einzel,stuck,balance,saldo,cumul,running,税额,折扣,折让,运费,税額,割引,値引,送料")
	amountStems   = stemsOf("amount,revenue,sales,total,turnover,value,subtotal,sub total,spend,spent,betrag,umsatz,erlos,summe,montant,chiffre,importe,monto,ventas,importo,fatturato,ricav,valor,receita,bedrag,omzet,kwota,wartosc,przych,sprzedaz,金额,销售额,收入,金額,売上,合計,总额,总价")
	countStems    = stemsOf("qty,quant,unit,item,piece,count,number,no,menge,anzahl,stuck,nombre,cantidad,unidad,quantit,quantid,aantal,liczba,ilosc,数量,件数,次数")
	orderTotal    = stemsOf("order total,order amount,order value,invoice total,invoice amount,basket,cart,total order,total invoice,bestellwert,auftragswert,rechnungsbetrag,total commande,total facture,total pedido,total factura,totale ordine,totale fattura,total do pedido,订单总,订单金额,注文合計")
)

// statusStems say that a column tells what became of a purchase.
var statusStems = stemsOf("status,state,statut,etat,estado,stato,situac,situaz,toestand,stan,状态,ステータス,状況")

// cancelledWords and returnedWords are what became of a purchase that counts no longer; refundWords name a record of its own
// that takes an earlier one back.
var (
	cancelledWords = stemsOf("cancel,canceled,void,voided,rejected,declined,failed,aborted,storniert,storno,abgebrochen,abgelehnt,annule,annulee,annulation,anulad,cancelad,rechazad,annullat,rifiutat,geannuleerd,geweigerd,anulowan,odrzucon,已取消,取消,作废,失败,キャンセル,取り消し,却下")
	returnedWords  = stemsOf("returned,return,refunded,chargeback,reversed,retourniert,retoure,ruckgabe,zuruckgegeben,zuruckgesandt,retourne,rembourse,devuelt,devoluc,reembolsad,reso,restituit,rimborsat,devolvid,geretourneerd,retour,terugbetaald,zwrot,zwrocon,退货,退款,已退,返品,返金")
	refundWords    = stemsOf("refund,credit,reversal,return,gutschrift,erstattung,ruckerstattung,retoure,avoir,remboursement,nota de credito,abono,devoluc,reembolso,nota di credito,rimborso,reso,estorno,creditnota,terugbetaling,retour,zwrot,korekta,nota kredytowa,退款,退货,红字,返金,返品,赤伝")
	notWords       = stemsOf("not,no,never,non,nicht,kein,nie,nao,niet,geen,sin,sans,未,没,無")
)
